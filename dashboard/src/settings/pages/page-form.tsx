import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { Page } from '../../../../lambdas/api/schemas/settings.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { Problem } from '../../parts/problem.tsx';
import classes from '../settings.module.css';
import type { PageChange } from '../types.ts';
import { changeIn, PageFields } from './page-fields.tsx';

/** Changes what is known of a page. */
export function PageForm({ page, onSave }: { page: Page; onSave: (change: PageChange) => Promise<void> }) {
  const { isBusy, problem, submit } = useSubmit();
  const [isSaved, setIsSaved] = useState(false);
  return (
    <form
      onChange={() => setIsSaved(false)}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        void submit(async () => {
          await onSave(changeIn(form));
          setIsSaved(true);
        });
      }}
    >
      <div className={classes.fields}>
        <PageFields page={page} />
      </div>
      <Group mt="sm" gap="xs">
        <Button type="submit" size="xs" loading={isBusy}>
          Save
        </Button>
        <Text size="sm" role="status">
          {isSaved && 'Saved.'}
        </Text>
      </Group>
      <Problem says={problem} />
    </form>
  );
}
