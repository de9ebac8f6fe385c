import type { Alert } from '../core/alert.ts';
import type { Channel, ChannelRecord } from '../core/channel.ts';
import { digestId, type DigestEntry, type DigestPart, type DigestPlace, LONGEST_IMPORT } from '../core/digest.ts';
import type { DigestMessage, SettleMessage } from '../core/owner-message.ts';
import type { GatherPorts } from './gather.ts';
import type { Processed } from './processed.ts';
import { tell } from './tell.ts';
import { waitOn, type WaitPorts } from './wait-on.ts';

export interface DigestPorts extends GatherPorts, WaitPorts {
  channels: Channel[];
  /** Closes a part for good; `undefined` where there is none. */
  closeDigestPart: (place: DigestPlace, part: number) => Promise<DigestPart | undefined>;
  /** What came of telling the digest so far. */
  digestRecord: (place: DigestPlace) => Promise<ChannelRecord | undefined>;
  digestAlert: (entries: DigestEntry[], place: DigestPlace, dashboard: string | undefined) => Alert;
  dashboard: () => Promise<string | undefined>;
  sendSettle: (messages: SettleMessage[]) => Promise<void>;
}

/** Closes a digest, tells it once, and has each of its leads get its record. One of an import that still comes in waits for the rest. */
export async function tellDigest(message: DigestMessage, ports: DigestPorts): Promise<Processed> {
  const place = message.digest;
  if (Date.parse(message.notBefore) > ports.now()) {
    await ports.sendAgain(message);
    return { outcome: 'early' };
  }
  const growing = await stillComing(message, ports);
  if (growing) {
    await ports.sendAgain(growing);
    return { outcome: 'waiting', reason: 'more of the import is coming in' };
  }
  const channel = ports.channels.find(({ id }) => id === place.channel);
  const parts = await close(place, ports);
  const entries = parts.flatMap(({ leads }) => Object.values(leads));
  if (entries.length === 0) return { outcome: 'nothing' };
  if (!channel) throw new Error('the channel of the digest is not on');
  const record = await ports.digestRecord(place);
  const about = { tenant: place.tenant, lead_id: digestId(place), source: 'digest', category: 'digest' };
  const dashboard = await ports.dashboard();
  const alert = () => ports.digestAlert(entries, place, dashboard);
  const told = await tell(channel, { alert, lead: about, slot: message.slots?.[place.channel] }, record, ports);
  if (told.state === 'waiting') return waitOn(message, Date.parse(message.dueAt), [told], ports);
  const [state, detail] =
    told.state === 'refused' ? (['refused', told.reason] as const) : (['told', digestId(place)] as const);
  await ports.sendSettle(parts.map((_, part) => ({ v: 1, settle: { ...place, part, state, detail }, bulk: true })));
  return { outcome: 'told', count: 0, ...(state === 'refused' && { reason: detail, refused: [place.channel] }) };
}

/** The message for another look, where leads of an import joined since the last one and the import is not too long already. */
async function stillComing(message: DigestMessage, ports: DigestPorts): Promise<DigestMessage | undefined> {
  const now = ports.now();
  if (now - Date.parse(message.dueAt) >= LONGEST_IMPORT) return undefined;
  const entries: DigestEntry[] = [];
  for (let part = 0; ; part += 1) {
    const found = await ports.digestPartOf(message.digest, part);
    // It was told, or is being told.
    if (found?.isClosed) return undefined;
    if (!found) break;
    entries.push(...Object.values(found.leads));
  }
  const isGrowing = entries.length > (message.seen ?? 0) && entries.every(({ isBulk }) => isBulk);
  const notBefore = new Date(now + ports.digestTime).toISOString();
  return isGrowing ? { ...message, seen: entries.length, notBefore } : undefined;
}

/** All parts, none of which takes a lead any more; behind the last one stands the end, so that none is made there. */
async function close(place: DigestPlace, ports: DigestPorts): Promise<DigestPart[]> {
  const parts: DigestPart[] = [];
  for (;;) {
    const closed = await ports.closeDigestPart(place, parts.length);
    if (closed?.isEnd) return parts;
    if (closed) parts.push(closed);
    else if (await ports.makeDigestPart(place, parts.length, undefined)) return parts;
  }
}
