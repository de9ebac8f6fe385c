import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import { shortTime } from '../time/when.ts';

/** Which word stands for whether a vendor posts to us, and in which colour. */
export const webhookStates = {
  active: { label: 'Active', color: 'teal' },
  woken: { label: 'Woken again', color: 'yellow' },
  off: { label: 'Off', color: 'red' },
} as const satisfies Record<NonNullable<Completeness['webhook']>, { label: string; color: string }>;

/** What a vendor counts beyond what is here. */
export function differenceInWords(difference: number): string {
  if (difference === 0) return 'None';
  return difference > 0 ? `${difference} missing` : `${-difference} more here`;
}

/** What was done about leads that no webhook had brought. */
export function fetchedInWords({ fetched, last_fetched_at }: Completeness, timeZone: string): string {
  if (fetched === 0) return 'Nothing';
  const deliveries = fetched === 1 ? '1 delivery' : `${fetched} deliveries`;
  return last_fetched_at === null ? deliveries : `${deliveries}, last ${shortTime(last_fetched_at, timeZone)}`;
}
