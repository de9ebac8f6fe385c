import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../api/use-submit.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Panel } from '../panel.tsx';
import { SecretForm } from '../secret-form.tsx';
import type { VerifyToken } from '../types.ts';
import { dataOf } from '../../api/data-of.ts';

/** Sets the verify token of Meta, and shows it until it is put away: it is told once. */
export function VerifyTokenPanel() {
  const [told, setTold] = useState<VerifyToken | null>(null);
  const { isBusy, problem, submit } = useSubmit();
  const client = useQueryClient();
  const set = async (value?: string) => {
    setTold(
      await dataOf<VerifyToken>('/settings/verify-token', {
        method: 'PUT',
        body: value === undefined ? {} : { value },
      }),
    );
    void client.invalidateQueries({ queryKey: ['/settings'], exact: true });
  };
  return (
    <Panel
      title="Verify token"
      says="Meta asks for it when the callback URL is entered: your app, Webhooks, object Page. What is set here must be what is entered there."
    >
      {told ? (
        <Alert color="teal" role="status" p="sm">
          <Stack gap="xs">
            <Text size="sm">Set. It is shown this once: enter both at Meta now.</Text>
            <CopyField label="Verify token" value={told.value} />
            <CopyField label="Callback URL" value={told.callback_url} />
            <Group>
              <Button size="xs" variant="default" onClick={() => setTold(null)}>
                Done
              </Button>
            </Group>
          </Stack>
        </Alert>
      ) : (
        <>
          <Group>
            <Button variant="default" loading={isBusy} onClick={() => void submit(() => set())}>
              Make a new one
            </Button>
          </Group>
          <SecretForm
            label="Or enter your own"
            description="At least 8 letters, digits and signs, without spaces."
            save="Set it"
            onSave={set}
          />
        </>
      )}
      <Problem says={problem} />
    </Panel>
  );
}
