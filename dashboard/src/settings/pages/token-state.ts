import type { Page } from '../../../../lambdas/api/schemas/settings.ts';

/** How many waiting leads are counted at most. */
const MOST_COUNTED = 100;

/** Which word stands for the state of a page’s token, and in which colour. */
export const tokenStates = {
  set: { label: 'Set', color: 'teal' },
  missing: { label: 'Missing', color: 'orange' },
  refused: { label: 'Refused', color: 'red' },
} as const satisfies Record<Page['token'], { label: string; color: string }>;

/** How many leads wait for a token, as people read it. */
export function waitingLeads(waiting: number): string {
  if (waiting === 0) return 'None';
  return waiting >= MOST_COUNTED ? `${MOST_COUNTED} or more` : String(waiting);
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** Since when Meta refuses a token. */
export const refusedInWords = (since: string): string =>
  `Meta refuses this token since ${day.format(new Date(since))}. Replace it, and the leads that wait go on.`;
