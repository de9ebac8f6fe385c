import type { LeadRow } from '../api/types.ts';

/** What a lead is called where it has no name. */
export const nameOf = ({ name, email, phone }: Pick<LeadRow, 'name' | 'email' | 'phone'>): string =>
  name ?? email ?? phone ?? 'Lead without a name';

/** What the toast says of leads that have just come in. */
export function newsOf(rows: LeadRow[]): string {
  const [first] = rows;
  const kind = rows.every(({ is_test }) => is_test) ? 'test lead' : 'lead';
  if (rows.length === 1 && first) return `New ${kind} received: ${nameOf(first)}`;
  return `${rows.length} new ${kind}s`;
}
