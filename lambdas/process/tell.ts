import type { Alert } from '../core/alert.ts';
import type { About, Channel, ChannelRecord } from '../core/channel.ts';
import { Later, Refused } from '../core/failures.ts';
import { backoff } from '../core/backoff.ts';
import { slotFor, type PacePorts } from './pace.ts';
import type { Wait } from './wait-on.ts';

/** The longest that one send may take; the lease outlives it: milliseconds. */
export const SEND_DEADLINE = 5000;

export interface TellPorts extends PacePorts {
  /** How long this function may still run: milliseconds. */
  timeLeft: () => number;
  /** How long a lease lasts: longer than the function can, shorter than its message stays hidden. */
  leaseTime: number;
  /** The right to tell the lead on a channel until then; `undefined` where another has it or it was told. */
  lease: (lead: TellId, channel: string, until: number) => Promise<ChannelRecord | undefined>;
  settle: (
    lead: TellId,
    channel: string,
    settled: { state: 'waiting' | 'told' | 'refused'; detail: string },
  ) => Promise<void>;
}

type TellId = Pick<About, 'tenant' | 'lead_id'>;

/** What came of one channel. */
export type Told = { channel: string } & (
  | { state: 'told'; receipt: string }
  | { state: 'digest' }
  | { state: 'refused'; reason: string }
  | ({ state: 'waiting' } & Wait)
);

/** What is to be told; `slot` is the moment reserved for it by an earlier try. */
export interface Message {
  alert: () => Alert;
  lead: About;
  slot: number | undefined;
}

/** Tells of a lead, or of a digest, on one channel, unless that was done or somebody is doing it: lease, send, record. */
export async function tell(
  channel: Channel,
  message: Message,
  known: ChannelRecord | undefined,
  ports: TellPorts,
): Promise<Told> {
  const { lead } = message;
  const wait = (until: number, reason: string) =>
    ({ channel: channel.id, state: 'waiting', until, reason, failed: false }) as const;
  if (known?.state === 'told') return { channel: channel.id, state: 'told', receipt: '' };
  if (known?.leasedUntil !== undefined && known.leasedUntil > ports.now())
    return wait(known.leasedUntil, 'another one is sending');
  const slot = await slotFor({ tenant: lead.tenant, channel: channel.id }, message.slot, ports);
  if (slot.comeBackAt !== undefined) return { ...wait(slot.comeBackAt, 'pace of the channel'), slot: slot.at };
  if (ports.timeLeft() < SEND_DEADLINE + (slot.at - ports.now()))
    return wait(ports.now(), 'too little time left to send');
  const until = ports.now() + ports.leaseTime;
  const lease = await ports.lease(lead, channel.id, until);
  // Whoever has it either tells or dies; coming back when its lease is over shows which.
  if (!lease) return wait(until, 'another one is sending');
  await ports.sleep(slot.at - ports.now());
  if (ports.now() > slot.until) {
    await ports.settle(lead, channel.id, { state: 'waiting', detail: 'missed its moment' });
    return wait(ports.now(), 'pace of the channel');
  }
  return send(channel, message, lease.attempts, ports);
}

async function send(channel: Channel, { alert, lead }: Message, attempts: number, ports: TellPorts): Promise<Told> {
  const { id } = channel;
  let receipt: string;
  try {
    receipt = await channel.send(alert(), lead);
  } catch (error) {
    if (error instanceof Refused) {
      await ports.settle(lead, id, { state: 'refused', detail: error.message });
      return { channel: id, state: 'refused', reason: error.message };
    }
    if (!(error instanceof Later)) throw error;
    await ports.settle(lead, id, { state: 'waiting', detail: error.message });
    const until = ports.now() + (error.retryAfter || backoff(attempts)) * 1000;
    return { channel: id, state: 'waiting', until, reason: `${id}: ${error.message}`, failed: true };
  }
  await ports.settle(lead, id, { state: 'told', detail: receipt });
  return { channel: id, state: 'told', receipt };
}
