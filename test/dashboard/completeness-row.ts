import type { Completeness } from '../../lambdas/api/schemas/sync.ts';
import { at } from './row.ts';

/** A page of Meta that was compared at noon, with nothing missing. */
export const account = (changes: Partial<Completeness> = {}): Completeness => ({
  source: 'meta',
  source_label: 'Meta Lead Ads',
  account: '101',
  account_name: 'North',
  since: '2026-05-01T08:00:00.000Z',
  vendor: 411,
  ours: 411,
  difference: 0,
  compared_until: at(5),
  fetched: 0,
  last_fetched_at: null,
  trouble: null,
  trouble_since: null,
  webhook: 'active',
  webhook_reason: null,
  ...changes,
});

/** Close without an API key: nothing was ever compared. */
export const unasked = account({
  source: 'close',
  source_label: 'Close',
  account: null,
  account_name: null,
  since: null,
  vendor: 0,
  ours: 0,
  compared_until: null,
  webhook: null,
});
