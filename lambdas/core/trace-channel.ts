import type { Receipt } from './history.ts';
import { channelName } from './timeline.ts';
import type { Point } from './trace.ts';

/** What came of telling a lead on one channel: with its receipt, or why there is none. `now` in milliseconds. */
export function channelPoint(record: Receipt, now: number): Point {
  const { channel, state, settledAt: at = null, receipt, attempts, leasedUntil = 0 }: SettledOrNot = record;
  const name = channelName(channel);
  const reason = record.reason ?? 'why was not noted';
  const [, job] = channel.split('#');
  const again = job === undefined ? '' : ` · once more, for replay ${job}`;
  const tries = `${attempts > 1 ? ` · try ${attempts}` : ''}${again}`;
  const before = attempts > 1 && record.reason !== undefined ? `, after ${record.reason}` : '';
  switch (state) {
    case 'told':
      return {
        at,
        what: `Told by ${name}`,
        detail: `receipt ${receipt ?? 'not noted'}${tries}${before}`,
        outcome: 'done',
      };
    case 'refused':
      return { at, what: `${name} refused`, detail: `${reason}${tries}`, outcome: 'failed' };
    case 'waiting':
      return { at, what: `${name} did not take it`, detail: `${reason}${tries}; it is tried again`, outcome: 'waits' };
    case 'digest':
      return waits(`In a digest for ${name}`, 'told together with others once that is due');
    case 'leased':
      return leasedUntil > now
        ? waits(`Being told by ${name}`, `just now${tries}`)
        : waits(
            `${name} is not told`,
            `whoever was sending ended before the answer was noted${tries}; the next try follows`,
          );
    default:
      return state satisfies never;
  }
}

type SettledOrNot = Omit<Receipt, 'settledAt'> & { settledAt?: string | null };

const waits = (what: string, detail: string): Point => ({ at: null, what, detail, outcome: 'waits' });
