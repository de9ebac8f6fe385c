import type { Channel, ChannelRecord } from '../core/channel.ts';
import { type DigestEntry, type DigestPart, type DigestPlace, LONGEST_IMPORT } from '../core/digest.ts';
import type { EnrichedLead } from '../core/lead.ts';
import type { DigestMessage } from '../core/owner-message.ts';
import { type Message, tell, type TellPorts, type Told } from './tell.ts';

const MINUTE = 60_000;
/** A digest is told this long after its time is over, so that clocks need not agree: milliseconds. */
const GRACE = 2000;

export interface GatherPorts extends TellPorts {
  /** The most alerts of a channel in a minute; nothing where there is no limit. */
  mostPerMinute: (channel: string) => number | undefined;
  /** Counts an alert of this minute, and says how many there are. */
  countAlert: (of: { tenant: string; channel: string }, minute: number) => Promise<number>;
  /** How much time a digest is about, and after how long without a lead an import is over: milliseconds. */
  digestTime: number;
  /** Notes which digest a lead is in; false where it was told. */
  noteDigest: (lead: Pick<EnrichedLead, 'tenant' | 'lead_id'>, channel: string, window: number) => Promise<boolean>;
  /** False where the part is not there, closed or full. */
  joinDigest: (place: DigestPlace, part: number, entry: DigestEntry) => Promise<boolean>;
  digestPartOf: (place: DigestPlace, part: number) => Promise<DigestPart | undefined>;
  /** Makes a part with its first lead, or the end behind the last one; false where there is one. */
  makeDigestPart: (place: DigestPlace, part: number, entry: DigestEntry | undefined) => Promise<boolean>;
  sendDigest: (message: DigestMessage) => Promise<void>;
  /** Which part of a digest took the last lead of this process: a hint, which may be wrong. */
  lastParts: Map<string, number>;
}

export type Gathered = Message & { lead: EnrichedLead; isBulk: boolean; isLate?: boolean };

/** Tells a lead by itself, or in a digest where it came with many others or is one too many for this minute. What was begun one way stays so. */
export async function tellOrGather(
  channel: Channel,
  message: Gathered,
  known: ChannelRecord | undefined,
  ports: GatherPorts,
): Promise<Told> {
  const isBegun = message.slot !== undefined || (known !== undefined && known.state !== 'digest');
  const isAlone =
    isBegun || (known === undefined && !message.isBulk && (await isWithinLimit(channel.id, message.lead, ports)));
  return isAlone ? tell(channel, message, known, ports) : gather(channel.id, message, known, ports);
}

async function isWithinLimit(channel: string, { tenant }: EnrichedLead, ports: GatherPorts): Promise<boolean> {
  const most = ports.mostPerMinute(channel);
  return most === undefined || (await ports.countAlert({ tenant, channel }, Math.floor(ports.now() / MINUTE))) <= most;
}

/** Puts a lead into the digest of this moment, or into the one that an earlier try noted, as long as that takes it. */
async function gather(
  channel: string,
  { lead, isBulk, isLate }: Gathered,
  known: ChannelRecord | undefined,
  ports: GatherPorts,
): Promise<Told> {
  const { tenant, lead_id, source, category } = lead;
  const name = lead.display_name ?? lead.lead_email ?? lead.phone;
  const entry = { lead_id, source, name, owner: lead.lead_owner, category, isTest: lead.is_test, isBulk, isLate };
  const now = Math.floor(ports.now() / (isBulk ? LONGEST_IMPORT : ports.digestTime));
  for (let window = known?.window ?? now; ; window = Math.max(window + 1, now)) {
    if (!(await ports.noteDigest(lead, channel, window))) return { channel, state: 'told', receipt: '' };
    if (await join({ tenant, channel, window }, entry, known?.window === window, ports))
      return { channel, state: 'digest' };
  }
}

/** Whether the digest has the lead now. Whoever makes it sends its message first: one for a digest that is not there does nothing. */
async function join(place: DigestPlace, entry: DigestEntry, isRepeat: boolean, ports: GatherPorts): Promise<boolean> {
  const key = `${place.tenant} ${place.channel} ${place.window}`;
  let isClosed = false;
  for (let part = isRepeat ? 0 : (ports.lastParts.get(key) ?? 0); ; part += 1) {
    if (!isClosed && (await ports.joinDigest(place, part, entry))) {
      ports.lastParts.set(key, part);
      return true;
    }
    const found = await ports.digestPartOf(place, part);
    if (found && Object.hasOwn(found.leads, entry.lead_id)) return true;
    isClosed ||= found?.isClosed ?? false;
    if (found) continue;
    if (isClosed) return false;
    if (part === 0) {
      const dueAt = endOf(place, entry, ports);
      await ports.sendDigest({ v: 1, digest: place, notBefore: dueAt, dueAt });
    }
    if (await ports.makeDigestPart(place, part, entry)) return true;
    // Somebody made it just now.
    part -= 1;
  }
}

/** Of an import it is when to look first whether more is coming in. */
const endOf = ({ window }: DigestPlace, { isBulk }: DigestEntry, { now, digestTime }: GatherPorts) =>
  new Date((isBulk ? now() + digestTime : (window + 1) * digestTime) + GRACE).toISOString();
