import type { LeadDetail } from '../api/types.ts';
import { useMe } from '../session/me.ts';
import { fullTime } from '../time/when.ts';
import { Facts } from './facts.tsx';

type Receipt = LeadDetail['receipts'][number];

const channels: Record<string, string> = { slack: 'Slack', email: 'E-mail' };
const states: Record<Receipt['state'], string> = {
  told: 'told',
  waiting: 'not told yet',
  refused: 'refused it for good',
  digest: 'told in a digest',
};

/** Which channel was told of the lead, and when. */
export function ReceiptsCard({ receipts }: { receipts: Receipt[] }) {
  const { time_zone } = useMe();
  return (
    <section className="card" aria-labelledby="receipts">
      <h2 id="receipts">Alerts</h2>
      {receipts.length === 0 ? (
        <p className="quiet">No channel is told of this lead.</p>
      ) : (
        <Facts
          facts={receipts.map(({ channel, state, at }) => ({
            label: channels[channel] ?? channel,
            value: at ? `${states[state]}, ${fullTime(at, time_zone)}` : states[state],
          }))}
        />
      )}
    </section>
  );
}
