import { Button, Group, PasswordInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSubmit } from '../../api/use-submit.ts';
import { Problem } from '../../parts/problem.tsx';
import { fieldOf } from '../../parts/field.ts';
import { Panel } from '../panel.tsx';
import classes from '../settings.module.css';
import { changeIn, PageFields } from './page-fields.tsx';
import { useSavePage } from './use-save-page.ts';

/** Adds a page with its token. */
export function AddPage() {
  const save = useSavePage();
  const { isBusy, problem, submit } = useSubmit();
  const [added, setAdded] = useState<string | null>(null);
  return (
    <Panel title="Add a page">
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const id = fieldOf(form, 'id');
          void submit(async () => {
            setAdded(null);
            await save(id, { ...changeIn(form), token: fieldOf(form, 'token') });
            form.reset();
            setAdded(id);
          });
        }}
      >
        <div className={classes.fields}>
          <TextInput
            name="id"
            label="Id of the page"
            description="Digits, as Meta shows them"
            pattern="\d{1,32}"
            title="Digits only"
            inputMode="numeric"
            required
            autoComplete="off"
          />
          <PasswordInput
            name="token"
            label="Token of the page"
            description="Of a system user. It is never shown again."
            required
            autoComplete="new-password"
          />
          <PageFields />
        </div>
        <Group mt="sm" gap="xs">
          <Button type="submit" loading={isBusy}>
            Add the page
          </Button>
          <Text size="sm" role="status">
            {added !== null && `Page ${added} is added.`}
          </Text>
        </Group>
        <Problem says={problem} />
      </form>
    </Panel>
  );
}
