import { categoryLabel } from './category.ts';
import { csvLine } from './csv.ts';
import type { Lead } from './lead.ts';
import type { LeadView } from './lead-view.ts';
import type { FollowUpStatus } from './statuses.ts';

/** In whose words and by whose clock leads are written. */
interface Reader {
  statuses: FollowUpStatus[];
  timeZone: string;
}

type Cell = (view: LeadView, lead: Lead) => string | null;

/** The lines of a table of leads: its head, and one for each lead. Times are those of the tenant's clocks. */
export function linesFor({ statuses, timeZone }: Reader): { head: string; line: Cell } {
  // As Sweden writes it: 2026-03-05 14:30:05.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const time = (at: string | null) => (at === null ? null : clock.format(Date.parse(at)));
  const columns: Record<string, Cell> = {
    ID: ({ id }) => id,
    Name: ({ name }) => name,
    'E-mail': ({ email }) => email,
    Phone: ({ phone }) => phone,
    Company: ({ company }) => company,
    Status: ({ status }) => statuses.find(({ key }) => key === status)?.label ?? status,
    Category: ({ category }) => categoryLabel[category],
    Owner: ({ owner }) => owner,
    'Next call': ({ next_call }) => next_call,
    [`Created (${timeZone})`]: ({ created_at }) => time(created_at),
    [`Received (${timeZone})`]: ({ received_at }) => time(received_at),
    [`Told (${timeZone})`]: ({ told_at }) => time(told_at),
    [`First touch (${timeZone})`]: ({ first_touch_at }) => time(first_touch_at),
    Source: ({ source_label }) => source_label,
    List: ({ list }) => list,
    Page: ({ page }) => page,
    Form: ({ form }) => form,
    Ad: ({ ad }) => ad,
    Campaign: ({ campaign }) => campaign,
    'Added by hand': ({ is_manual }) => yes(is_manual),
    Test: ({ is_test }) => yes(is_test),
    'Deleted at its source': ({ is_deleted }) => yes(is_deleted),
    Notes: (_, { notes }) => notes ?? null,
    Answers: (_, { facts }) =>
      facts.answers.map(({ question, answer }) => (question === null ? answer : `${question}: ${answer}`)).join('; '),
  };
  const cells = Object.values(columns);
  return {
    head: csvLine(Object.keys(columns)),
    line: (view, lead) => csvLine(cells.map((cell) => cell(view, lead))),
  };
}

const yes = (is: boolean) => (is ? 'yes' : null);
