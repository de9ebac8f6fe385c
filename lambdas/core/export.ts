import * as z from 'zod';
import { BYTE_ORDER_MARK } from './csv.ts';
import { linesFor } from './export-columns.ts';
import type { Lead } from './lead.ts';
import { boundsOf, type LeadFilter, matches } from './lead-filter.ts';
import { leadView, type Viewer } from './lead-view.ts';

/** A list of leads that is to be made in the background. */
export const ExportMessage = z.object({ v: z.literal(1), tenant: z.string(), export_id: z.uuid() });
export type ExportMessage = z.infer<typeof ExportMessage>;

/** A list of leads that somebody asked for. */
export interface ExportJob {
  tenant: string;
  id: string;
  filter: LeadFilter;
  /** The keys of all names that whoever asked goes by. */
  ownKeys: string[];
  state: 'running' | 'done' | 'failed';
  /** How many leads are in it. */
  count: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Until when somebody is at it: milliseconds since 1970. Whoever is not done by then has died. */
  runsUntil: number;
}

/** The longest that making a list may take, and waiting for its turn: milliseconds. */
export const LONGEST_EXPORT = 15 * 60_000;

interface Place {
  at: string;
  id: string;
}

export interface ReadPorts {
  /** The newest leads before a place, not before `from` and before `until`. */
  leadsBefore: (
    tenant: string,
    within: { before?: Place | undefined; from?: string | undefined; until?: string | undefined },
    most: number,
  ) => Promise<{ leads: Lead[]; isEnd: boolean }>;
}

/** Leads that are read at once. */
const AT_ONCE = 400;

/** Those that a filter means, as CSV, the newest first: a piece for each query, of which no more than one is in memory. */
export async function* exported(
  { tenant, filter }: Pick<ExportJob, 'tenant' | 'filter'>,
  { viewer, timeZone }: { viewer: Viewer; timeZone: string },
  { leadsBefore }: ReadPorts,
): AsyncGenerator<{ text: string; count: number }> {
  const { head, line } = linesFor({ statuses: viewer.statuses, timeZone });
  const bounds = boundsOf(filter, timeZone);
  yield { text: BYTE_ORDER_MARK + head, count: 0 };
  for (let before: Place | undefined, isEnd = false; !isEnd;) {
    const stretch = await leadsBefore(tenant, { before, ...bounds }, AT_ONCE);
    const lines = stretch.leads.flatMap((lead) => {
      const view = leadView(lead, viewer);
      return matches(view, filter, viewer.statuses) ? [line(view, lead)] : [];
    });
    yield { text: lines.join(''), count: lines.length };
    const last = stretch.leads.at(-1);
    before = last && { at: last.receivedAt, id: last.lead_id };
    isEnd = stretch.isEnd || !last;
  }
}
