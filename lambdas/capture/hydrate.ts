import type { Account, Refusal } from '../core/account.ts';
import type { Settled, SourceEvent } from '../core/event.ts';
import { Broken, Gone, Later, Refused, TokenRefused } from '../core/failures.ts';
import type { Hydrated, VendorRecord } from '../core/hydration.ts';
import type { Lead } from '../core/lead.ts';
import type { Placed } from './delivery.ts';
import { parkForToken, type ParkPorts } from './park.ts';
import { tryLater, type WaitPorts } from './try-later.ts';

/** A page's or portal's token, and which version of it; a token that nobody filled in has no value. */
export interface Token {
  value?: string | undefined;
  version: string;
}

type LeadId = Pick<Lead, 'tenant' | 'source' | 'lead_id'>;

export interface HydratePorts extends ParkPorts, WaitPorts {
  tokenOf: (account: Account) => Promise<Token>;
  /** The same, read anew; nothing when that was done a moment ago, which is longer for what each new lead may ask for. */
  freshTokenOf: (account: Account, asked: 'now' | 'with each lead') => Promise<Token | undefined>;
  /** The vendor's record of a lead. Throws as `Hydration.read` does. */
  readRecord: (event: SourceEvent, account: Account, token: string) => Promise<VendorRecord>;
  understand: (record: VendorRecord, event: SourceEvent, account: Account) => Hydrated;
  saveDetails: (lead: LeadId, record: VendorRecord) => Promise<void>;
  /** What the vendor answered before, where it did. */
  savedDetails: (lead: LeadId) => Promise<VendorRecord | undefined>;
  refuseToken: (account: Account, refused: Refusal) => Promise<unknown>;
  acceptToken: (account: Account) => Promise<unknown>;
}

/** What became of an event that says nothing of a lead (yet). */
export type Held = {
  outcome: 'parked' | 'broken' | 'waiting' | 'not_for_us';
  reason: string;
  waited?: number;
  until?: string;
};

/** What the vendor says, and when it said so, unless it was kept before or came with the event. */
type ReadNow = Hydrated & Pick<Settled, 'readAt'>;

/** What the vendor knows of a lead that came as an id, kept as it was received; or what became of the event without it. */
export async function hydrate(at: Placed, leadId: string, ports: HydratePorts): Promise<ReadNow | Held> {
  const { event, account, delivery, slice } = at;
  if (!account) throw new Error(`${event.type} came without facts and without an account`);
  const { label } = delivery.source;
  const id = { tenant: account.tenant, source: account.source, lead_id: leadId };
  try {
    const kept = slice?.again?.how === 'quiet' ? await keptOf(event, id, ports) : undefined;
    if (kept) return ports.understand(kept, event, account);
    const record = await recordOf(at, account, leadId, ports);
    const hydrated = ports.understand(record, event, account);
    await ports.saveDetails(id, record);
    if ((account.refused && event.record === undefined) || slice?.retry === 'probe') {
      await ports.acceptToken(account);
      await ports.release(account);
    }
    return { ...hydrated, ...(event.record === undefined && !record.isKept && { readAt: ports.now() }) };
  } catch (error) {
    if (error instanceof Broken) return { outcome: 'broken', reason: error.message };
    if (error instanceof Gone)
      return { outcome: 'broken', reason: `${label} has no such lead, or does not show it (${error.message})` };
    if (error instanceof Later) return tryLater(at, error, `Failed to fetch lead details (${error.message})`, ports);
    if (!(error instanceof Refused)) throw error;
    const isForAll = error instanceof TokenRefused;
    if (isForAll) await refuse(account, ports);
    return parkForToken(at, account, { isForAll, why: error.message }, ports);
  }
}

/** What is run again for nobody is brought to what the vendor said then, without asking it: it may have said more since, or be down. */
async function keptOf(event: SourceEvent, id: LeadId, ports: HydratePorts) {
  const kept = event.record === undefined ? await ports.savedDetails(id) : undefined;
  return kept?.lacksNames ? undefined : kept;
}

async function recordOf(
  { event, slice }: Placed,
  account: Account,
  leadId: string,
  ports: HydratePorts,
): Promise<VendorRecord> {
  if (event.record !== undefined) return ports.readRecord(event, account, '');
  // Whoever released it, or has it tried, may have replaced the token a moment ago.
  const newest = slice?.retry && (await ports.freshTokenOf(account, 'now'));
  const token = newest ?? (await ports.tokenOf(account));
  const isKnownBad = account.refused?.token === token.version && slice?.retry === undefined;
  try {
    if (isKnownBad) throw new TokenRefused('refused before');
    return await readWith(token, event, account, ports);
  } catch (error) {
    // A token that was replaced a moment ago is known to the secret store before it is known to us.
    const fresh = error instanceof TokenRefused ? await ports.freshTokenOf(account, 'with each lead') : undefined;
    if (fresh && fresh.version !== token.version) return readWith(fresh, event, account, ports);
    const kept =
      error instanceof Gone
        ? await ports.savedDetails({ tenant: account.tenant, source: account.source, lead_id: leadId })
        : undefined;
    if (kept !== undefined) return { ...kept, isKept: true };
    throw error;
  }
}

async function readWith({ value }: Token, event: SourceEvent, account: Account, ports: HydratePorts) {
  if (!value) throw new TokenRefused('there is none');
  return ports.readRecord(event, account, value);
}

/** Notes which version of the token was refused last, so that it is not tried with every lead. */
async function refuse(account: Account, ports: HydratePorts) {
  const { version } = await ports.tokenOf(account);
  if (account.refused?.token !== version) await ports.refuseToken(account, { since: ports.now(), token: version });
}
