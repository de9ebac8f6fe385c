import { Button, Group, Text, TextInput } from '@mantine/core';
import { useKeep, useResource } from '../api/use-resource.ts';
import { useSubmit } from '../api/use-submit.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Problem } from '../parts/problem.tsx';
import { TestButton } from '../parts/test-button.tsx';
import { EmailsTable } from './emails-table.tsx';
import { fieldOf } from '../parts/field.ts';
import { Panel } from './panel.tsx';
import type { EmailTarget } from './types.ts';
import { dataOf } from '../api/data-of.ts';

const path = '/settings/emails';

/** Who is told by e-mail. */
export function EmailsSection() {
  const emails = useResource<EmailTarget[]>(path);
  const keep = useKeep();
  const { isBusy, problem, submit } = useSubmit();
  return (
    <Panel
      title="E-mail"
      says="New leads are told to these addresses. Who is added gets a mail with a link to confirm, which is good for two days."
    >
      <Loaded of={emails}>
        {(targets) => (
          <>
            {targets.length === 0 ? <Text size="sm">No address yet.</Text> : <EmailsTable targets={targets} />}
            <form
              onSubmit={(event) => {
                event.preventDefault();
                const form = event.currentTarget;
                void submit(async () => {
                  const address = fieldOf(form, 'address');
                  keep(path, await dataOf<EmailTarget[]>(path, { method: 'POST', body: { address } }));
                  form.reset();
                });
              }}
            >
              <Group align="flex-end" gap="xs">
                <TextInput
                  flex="1 1 16rem"
                  type="email"
                  name="address"
                  label="Add an address"
                  autoComplete="off"
                  required
                  withAsterisk={false}
                />
                <Button type="submit" loading={isBusy}>
                  Add
                </Button>
              </Group>
            </form>
            <Problem says={problem} />
            {targets.length > 0 && <TestButton label="Send a test message" path={`${path}/test`} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
