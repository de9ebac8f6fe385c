import { Stack } from '@mantine/core';
import { PageHead } from '../shell/page-head.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { DeliveriesList } from './deliveries-list.tsx';
import { ForAdmins } from './for-admins.tsx';
import './styles.ts';
import { WindowPanel } from './window-panel.tsx';

/** What vendors sent and what became of it; what was given up; and how both are done once more. */
export const DeliveriesPage = () => (
  <>
    <PageHead title="Deliveries" />
    <ForAdmins>
      <Stack gap="md">
        <DeadLetters />
        <WindowPanel />
        <DeliveriesList />
      </Stack>
    </ForAdmins>
  </>
);
