import { Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Page } from '../../../../lambdas/api/schemas/settings.ts';
import { useSubmit } from '../../api/use-submit.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Problem } from '../../parts/problem.tsx';
import { TestButton } from '../../parts/test-button.tsx';
import { SecretForm } from '../secret-form.tsx';
import { PageForm } from './page-form.tsx';
import { refusedInWords, waitingLeads } from './token-state.ts';
import { useSavePage } from './use-save-page.ts';
import { dataOf } from '../../api/data-of.ts';

/** What can be done with a page: change it, give it another token, try that out, remove it. */
export function PageDetails({ page }: { page: Page }) {
  const { id, token, waiting, refused_since } = page;
  const client = useQueryClient();
  const save = useSavePage();
  const { isBusy, problem, submit } = useSubmit();
  const remove = () =>
    submit(async () => {
      await dataOf(`/settings/pages/${id}`, { method: 'DELETE' });
      await client.invalidateQueries({ queryKey: ['/settings/pages'] });
      await client.invalidateQueries({ queryKey: ['/settings'], exact: true });
    });
  return (
    <Stack gap="sm" py="xs">
      {refused_since !== null && <Text size="sm">{refusedInWords(refused_since)}</Text>}
      {waiting > 0 && (
        <Text size="sm">Leads that wait for a token: {waitingLeads(waiting)}. They go on with the next one.</Text>
      )}
      <TestButton
        label="Test the token"
        path={`/settings/pages/${id}/test`}
        onTested={() => void client.invalidateQueries({ queryKey: ['/settings/pages'] })}
      />
      <SecretForm
        label={token === 'missing' ? 'Token of the page' : 'Another token'}
        description="Of a system user, so that it does not expire. It is never shown again."
        save={token === 'missing' ? 'Save the token' : 'Replace the token'}
        onSave={(secret) => save(id, { token: secret })}
      />
      <PageForm page={page} onSave={(change) => save(id, change)} />
      <Group>
        <ConfirmButton
          label="Remove the page"
          asks="Its token is deleted for good, and its leads come in no more."
          yes="Remove the page"
          isBusy={isBusy}
          onYes={() => void remove()}
        />
      </Group>
      <Problem says={problem} />
    </Stack>
  );
}
