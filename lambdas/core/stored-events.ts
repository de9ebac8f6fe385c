import { type Account, NOBODY } from './account.ts';
import type { SourceEvent } from './event.ts';
import { Broken } from './failures.ts';
import { isUsableId } from './id.ts';
import type { Source } from './source.ts';

/** What the store says of a delivery; what was put by another hand has no origin. */
export interface StoredDelivery {
  body: Buffer;
  from: { source?: string; tenant?: string; receivedAt?: string; origin?: string };
}

export interface StoredPorts {
  readRaw: (key: string) => Promise<StoredDelivery | undefined>;
  sourceOf: (id: string) => Source | undefined;
  /** Throws `Broken` where it can never be understood. */
  eventsOf: (source: Source, body: Buffer) => SourceEvent[];
  accountOf: (account: Pick<Account, 'source' | 'id'>) => Promise<Account | undefined>;
}

/** An event of a stored delivery, and whose it is; `isUsable` where it can be worked with at all. */
export interface OwnedEvent {
  event: SourceEvent;
  index: number;
  tenant: string;
  account: Account | undefined;
  isUsable: boolean;
}

/** A delivery with the events that one tenant has in it; no events where it can not be understood, and it is the tenant's then where the key that signed it says so. */
export interface OwnDelivery extends StoredDelivery {
  source: Source | undefined;
  /** How many there are, of all tenants. */
  count: number;
  events: OwnedEvent[];
  /** Why it can not be understood. */
  broken?: string;
}

/** A stored delivery as a tenant may know it; `undefined` where there is none, or nothing in it is the tenant's. */
export async function deliveryOf(key: string, tenant: string, ports: StoredPorts): Promise<OwnDelivery | undefined> {
  const found = await ports.readRaw(key);
  if (!found) return undefined;
  const source = found.from.source === undefined ? undefined : ports.sourceOf(found.from.source);
  const owner = found.from.tenant ?? NOBODY;
  const unread = (broken: string) =>
    owner === tenant ? { ...found, source, count: 0, events: [], broken } : undefined;
  if (!source) return unread('the object does not say which source it came from');
  let all: SourceEvent[];
  try {
    all = ports.eventsOf(source, found.body);
  } catch (error) {
    if (error instanceof Broken) return unread(error.message);
    throw error;
  }
  const accounts = new Map<string, Promise<Account | undefined>>();
  const events = await Promise.all(
    all.map(async (event, index): Promise<OwnedEvent> => {
      const isUsable = [event.id, event.leadId ?? event.id, event.account ?? event.id].every(isUsableId);
      if (event.account === undefined || !isUsable)
        return { event, index, tenant: owner, account: undefined, isUsable };
      const { account: id } = event;
      const reading = accounts.get(id) ?? ports.accountOf({ source: source.id, id });
      accounts.set(id, reading);
      const account = await reading;
      return { event, index, tenant: account?.tenant ?? NOBODY, account, isUsable };
    }),
  );
  const own = events.filter((one) => one.tenant === tenant);
  return own.length > 0 ? { ...found, source, count: all.length, events: own } : undefined;
}
