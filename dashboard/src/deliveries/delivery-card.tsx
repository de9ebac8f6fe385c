import { Facts } from '../lead/facts.tsx';
import { useMe } from '../session/me.ts';
import { Panel } from '../settings/panel.tsx';
import { fullTime } from '../time/when.ts';
import { sourceName } from './outcome.ts';
import { RunAgain } from './run-again.tsx';
import type { Delivery } from './types.ts';

const origins: Record<string, string> = { webhook: 'by webhook', backfill: 'fetched, since no webhook brought it' };

/** Where a delivery came from, and how it is run again. */
export function DeliveryCard({ delivery }: { delivery: Delivery }) {
  const { time_zone } = useMe();
  const { name, source, origin, received_at, size, others, broken } = delivery;
  return (
    <Panel title={sourceName(source)}>
      <Facts
        facts={[
          { label: 'Name', value: name },
          { label: 'Received', value: received_at === null ? 'not noted' : fullTime(received_at, time_zone) },
          { label: 'Came', value: origins[origin ?? ''] ?? 'not noted' },
          { label: 'Size', value: `${size.toLocaleString('en-US')} bytes` },
          ...(others > 0 ? [{ label: 'Of others', value: `${others} events, which are not shown` }] : []),
          ...(broken === null ? [] : [{ label: 'Broken', value: broken }]),
        ]}
      />
      <RunAgain which={{ deliveries: [name] }} />
    </Panel>
  );
}
