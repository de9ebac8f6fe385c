import { Stack } from '@mantine/core';
import { Link } from 'wouter';
import { useResource } from '../api/use-resource.ts';
import { Loaded } from '../parts/loaded.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { BodyPanel } from './body-panel.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import { EventsPanel } from './events-panel.tsx';
import { ForAdmins } from './for-admins.tsx';
import './styles.ts';
import type { Delivery } from './types.ts';

/** One delivery: what became of each of its events, and what the vendor sent. */
export const DeliveryPage = ({ name }: { name: string }) => (
  <>
    <Link href="/deliveries" className="small">
      ← Deliveries
    </Link>
    <PageHead title="Delivery" />
    <ForAdmins>
      <Shown name={name} />
    </ForAdmins>
  </>
);

function Shown({ name }: { name: string }) {
  const path = `/deliveries/${encodeURIComponent(name)}`;
  const delivery = useResource<Delivery>(path);
  return (
    <Loaded of={delivery}>
      {(data) => (
        <Stack gap="md">
          <DeliveryCard delivery={data} />
          <EventsPanel events={data.events} />
          <BodyPanel delivery={data} path={path} />
        </Stack>
      )}
    </Loaded>
  );
}
