import { Text } from '@mantine/core';
import { Panel } from '../settings/panel.tsx';
import { DeliveriesTable } from './deliveries-table.tsx';
import type { DeliveryEvent } from './types.ts';

/** What became of each event of a delivery, with its reason on every screen. */
export const EventsPanel = ({ events }: { events: DeliveryEvent[] }) => (
  <Panel title="Its events">
    {events.length === 0 ? (
      <Text size="sm">Nothing of it was worked through yet.</Text>
    ) : (
      <>
        <DeliveriesTable events={events} />
        {events.map(({ event_id, event, reason }) => reason && <Reason key={event_id} event={event} reason={reason} />)}
      </>
    )}
  </Panel>
);

const Reason = ({ event, reason }: { event: string; reason: string }) => (
  <Text size="sm" c="dimmed">
    {event}: {reason}
  </Text>
);
