import { rawPrefixOf } from '../core/raw-key.ts';
import type { ReplayOrder } from '../core/replay.ts';

/** A delivery, and when it was stored: ISO 8601, UTC. */
interface Stored {
  key: string;
  storedAt: string;
}

export interface PagePorts {
  /** Deliveries behind a name, in the order of their names, of those that begin so. */
  deliveriesAfter: (
    prefix: string,
    after: string | undefined,
    most: number,
  ) => Promise<{ deliveries: Stored[]; isEnd: boolean }>;
  /** `undefined` where there is no such delivery. */
  storedAt: (key: string) => Promise<string | undefined>;
}

/** Deliveries of a page: so many are looked at between two looks at the clock. */
const AT_ONCE = 200;

interface Page {
  deliveries: Stored[];
  missing: number;
  /** The last name that was looked at, whether it is meant or not. */
  last: string | undefined;
  isEnd: boolean;
}

/** The next deliveries that are meant. */
export async function pageAfter(after: string | undefined, order: ReplayOrder, ports: PagePorts): Promise<Page> {
  if (order.keys) return namedAfter(after, order.keys, ports);
  const { from = '', to = '', source } = order;
  const { deliveries, isEnd } = await ports.deliveriesAfter(rawPrefixOf(source), after, AT_ONCE);
  const meant = deliveries.filter(({ storedAt }) => storedAt >= from && storedAt < to);
  return { deliveries: meant, missing: 0, last: deliveries.at(-1)?.key, isEnd };
}

async function namedAfter(after = '', named: string[], ports: PagePorts): Promise<Page> {
  const rest = [...new Set(named)].sort().filter((key) => key > after);
  const keys = rest.slice(0, AT_ONCE);
  const found: Stored[] = [];
  for (const key of keys) {
    const storedAt = await ports.storedAt(key);
    if (storedAt !== undefined) found.push({ key, storedAt });
  }
  return {
    deliveries: found,
    missing: keys.length - found.length,
    last: keys.at(-1),
    isEnd: keys.length === rest.length,
  };
}
