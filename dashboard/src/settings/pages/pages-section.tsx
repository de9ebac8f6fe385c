import { Stack, Text } from '@mantine/core';
import type { Role } from '../../../../lambdas/api/schemas/me.ts';
import type { Overview, Page } from '../../../../lambdas/api/schemas/settings.ts';
import { useResource } from '../../api/use-resource.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../panel.tsx';
import { AddPage } from './add-page.tsx';
import { PagesTable } from './pages-table.tsx';
import { VerifyTokenPanel } from './verify-token-panel.tsx';

/** The Meta pages of the tenant with their tokens, and what is entered at the vendors. */
export function PagesSection({ role }: { role: Role }) {
  const pages = useResource<Page[]>('/settings/pages');
  const overview = useResource<Overview>('/settings');
  return (
    <Stack gap="md">
      <Panel title="Meta pages" says="Leads of a page are read with its token, which is kept and never shown again.">
        <Loaded of={pages}>
          {(all) =>
            all.length === 0 ? <Text size="sm">No page yet. Add the first one below.</Text> : <PagesTable pages={all} />
          }
        </Loaded>
      </Panel>
      <AddPage />
      <Panel title="Callback URLs" says="What is entered at each vendor, so that it sends its leads here.">
        <Loaded of={overview}>
          {({ sources }) =>
            sources.map(({ id, label, callback_url }) => (
              <CopyField key={id} label={`Callback URL for ${label}`} value={callback_url} />
            ))
          }
        </Loaded>
      </Panel>
      {role === 'admin' && <VerifyTokenPanel />}
    </Stack>
  );
}
