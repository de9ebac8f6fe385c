import type { QueryClient } from '@tanstack/react-query';
import type { SyncJob } from '../../../lambdas/api/schemas/sync.ts';
import { serverNow } from '../api/clock.ts';
import { dataOf } from '../api/data-of.ts';
import { sentenceOf } from '../api/failure.ts';
import { completenessQuery } from '../completeness/use-completeness.ts';
import { followSync } from './follow-sync.ts';
import { unknown, vendorResult } from './vendor-result.ts';

/** The clocks of whoever looks and of whoever compares may differ by so much. */
const CLOCKS_MS = 5000;
/** After so long something is being fetched, or a vendor lets us wait. */
const LONG_MS = 4000;

/** Has the vendors’ own records compared with what is stored, and says what came of it; what it does meanwhile it says as well. Never throws. */
export async function askVendors(client: QueryClient, say: (meanwhile: string) => void, signal: AbortSignal) {
  const began = new Date(serverNow() - CLOCKS_MS).toISOString();
  try {
    const followed = await followSync(
      {
        start: () => dataOf<SyncJob>('/sync', { method: 'POST', signal }),
        look: (id) => dataOf<SyncJob>(`/sync/${id}`, { signal }),
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        now: Date.now,
        heard: (_, runs) => say(runs < LONG_MS ? 'Comparing with the vendors …' : longer),
      },
      signal,
    );
    const rows = await client.fetchQuery({ ...completenessQuery, staleTime: 0 });
    return vendorResult(followed, rows, began);
  } catch (error) {
    return unknown(`The comparison with the vendors did not work. ${sentenceOf(error)}`);
  }
}

const longer = 'Comparing with the vendors: what is missing is being fetched, or one of them lets us wait …';
