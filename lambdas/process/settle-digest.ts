import type { Channel, ChannelRecord } from '../core/channel.ts';
import type { Lead } from '../core/lead.ts';
import type { OwnerMessage, SettleMessage } from '../core/owner-message.ts';
import type { DigestPart, DigestPlace } from '../core/digest.ts';
import type { Processed } from './processed.ts';
import type { TellPorts } from './tell.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

export interface SettlePorts extends Pick<TellPorts, 'settle'> {
  now: () => number;
  channels: Pick<Channel, 'id'>[];
  digestPartOf: (place: DigestPlace, part: number) => Promise<DigestPart | undefined>;
  emptyDigestPart: (place: DigestPlace, part: number) => Promise<void>;
  leadOf: (lead: Id) => Promise<{ lead: Lead; channels: ChannelRecord[] } | undefined>;
  markTold: (lead: Id) => Promise<unknown>;
  /** Counts a lead as what it is now. */
  count: (lead: Id) => Promise<unknown>;
  giveUp: (message: OwnerMessage, reason: string) => Promise<void>;
}

/** Leads at once: each takes three calls of the table. */
const AT_ONCE = 10;

/** Gives each lead of a part of a digest its record, and forgets then who they were. */
export async function settleDigest({ settle: place }: SettleMessage, ports: SettlePorts): Promise<Processed> {
  const part = await ports.digestPartOf(place, place.part);
  const ids = Object.keys(part?.leads ?? {});
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await Promise.all(
      ids.slice(from, from + AT_ONCE).map((id) => settleLead({ tenant: place.tenant, lead_id: id }, place, ports)),
    );
  if (part) await ports.emptyDigestPart(place, place.part);
  const told = place.state === 'told' ? ids.length : 0;
  return { outcome: 'told', count: told };
}

async function settleLead(
  id: Id,
  { channel, state, detail }: SettleMessage['settle'],
  ports: SettlePorts,
): Promise<void> {
  const before = await ports.leadOf(id);
  // It was erased meanwhile.
  if (!before) return;
  await ports.settle(id, channel, { state, detail });
  await noteTold(id, detail, ports);
  await ports.count(id);
}

/** Notes that people were told, once every channel has come to its end. */
async function noteTold(id: Id, detail: string, ports: SettlePorts): Promise<void> {
  const known = await ports.leadOf(id);
  const states = ports.channels.map((one) => known?.channels.find((record) => record.channel === one.id)?.state);
  if (!known || known.lead.toldAt || states.some((one) => one !== 'told' && one !== 'refused')) return;
  if (states.includes('told')) await ports.markTold(id);
  else await ports.giveUp({ v: 1, ...id, notBefore: known.lead.dueAt }, `the digest was refused: ${detail}`);
}
