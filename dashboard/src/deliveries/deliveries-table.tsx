import { Table } from '@mantine/core';
import { Link } from 'wouter';
import { StateBadge } from '../parts/state-badge.tsx';
import { useMe } from '../session/me.ts';
import { fullTime, shortTime } from '../time/when.ts';
import classes from './deliveries.module.css';
import { deliveryPath, outcomes, sourceName, triesOf } from './outcome.ts';
import type { DeliveryEvent } from './types.ts';

/** Events with their verdicts; each opens its delivery. */
export const DeliveriesTable = ({ events }: { events: DeliveryEvent[] }) => (
  <Table aria-label="Deliveries" className={classes.table} verticalSpacing={6}>
    <Table.Thead>
      <Table.Tr>
        <Table.Th scope="col">Time</Table.Th>
        <Table.Th scope="col" className={classes.roomy}>
          Source
        </Table.Th>
        <Table.Th scope="col">Event</Table.Th>
        <Table.Th scope="col">Verdict</Table.Th>
        <Table.Th scope="col" className={classes.roomy}>
          Tried
        </Table.Th>
        <Table.Th scope="col" className={classes.roomy}>
          Reason
        </Table.Th>
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {events.map((event) => (
        <EventRow key={`${event.delivery} ${event.event_id}`} event={event} />
      ))}
    </Table.Tbody>
  </Table>
);

function EventRow({ event }: { event: DeliveryEvent }) {
  const { time_zone } = useMe();
  return (
    <Table.Tr>
      <Table.Td className={classes.time}>
        <time dateTime={event.at} title={fullTime(event.at, time_zone)} className="number">
          {shortTime(event.at, time_zone)}
        </time>
      </Table.Td>
      <Table.Td className={classes.roomy}>{sourceName(event.source)}</Table.Td>
      <Table.Td>
        <Link href={deliveryPath(event.delivery)}>{event.event}</Link>
        {event.lead_id && <div className="quiet small">{event.lead_id}</div>}
      </Table.Td>
      <Table.Td>
        <StateBadge {...outcomes[event.outcome]} />
      </Table.Td>
      <Table.Td className={classes.roomy}>{triesOf(event)}</Table.Td>
      <Table.Td className={classes.roomy}>{event.reason ?? ''}</Table.Td>
    </Table.Tr>
  );
}
