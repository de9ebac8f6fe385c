import { type Account, NOBODY, type Parked } from './account.ts';
import type { Slice } from './capture-message.ts';

/** How many parked events are read and sent at a time. */
const AT_ONCE = 100;

export interface ReleasePorts {
  parkedOf: (
    place: Pick<Parked, 'tenant' | 'source' | 'account'>,
    page: { after?: string | undefined; limit: number },
  ) => Promise<Parked[]>;
  sendToCapture: (slices: Slice[]) => Promise<void>;
  unpark: (parked: Parked) => Promise<void>;
  /** Forgets the outcome of an event that was nobody's. */
  forgetNobodys: (parked: Parked) => Promise<void>;
}

/** Sends every parked event of a page or portal to `capture` once more, and says how many. Only what was sent is forgotten here. */
export async function release(
  { source, id, tenant }: Pick<Account, 'source' | 'id' | 'tenant'>,
  ports: ReleasePorts,
): Promise<number> {
  let count = 0;
  let after: string | undefined;
  for (;;) {
    const parked = await ports.parkedOf({ tenant, source, account: id }, { after, limit: AT_ONCE });
    await ports.sendToCapture(
      parked.map(({ rawKey, index, again }) => ({
        v: 1,
        key: rawKey,
        from: index,
        to: index + 1,
        retry: 'released' as const,
        ...(again && { again }),
      })),
    );
    for (const one of parked) {
      if (tenant === NOBODY) await ports.forgetNobodys(one);
      await ports.unpark(one);
    }
    count += parked.length;
    after = parked.at(-1)?.eventId;
    if (parked.length < AT_ONCE) return count;
  }
}
