import type { Membership } from '../../lambdas/core/category.ts';
import { identifiersOf } from '../../lambdas/core/person.ts';
import type { Layout } from './header.ts';

/** What a row says of a person. */
export interface Member {
  /** What the person is known by, each once. */
  identifiers: string[];
  membership: Membership;
}

/** What lists call it, in any case of letters; an empty cell is a member. */
const words: Record<Membership, string[]> = {
  subscribed: ['', 'active', 'subscribed', 'member', 'current', 'yes'],
  terminated: ['ended', 'terminated', 'cancelled', 'canceled', 'former', 'inactive', 'expired', 'no'],
};

/** What stands where a byte was no UTF-8. */
const REPLACEMENT = '\uFFFD';

/** Reads a row; the country is that of numbers which come without one. A text says why the row can't be used. */
export function memberIn(cells: string[], layout: Layout, country: string | undefined): Member | string {
  const valuesOf = (columns: number[]) => columns.flatMap((column) => cells[column] || []);
  const [emails, phones] = [valuesOf(layout.email), valuesOf(layout.phone)];
  if ([...emails, ...phones].some((text) => text.includes(REPLACEMENT))) return 'not in UTF-8';
  const identifiers = new Set([
    ...emails.flatMap((lead_email) => identifiersOf({ lead_email })),
    ...phones.flatMap((phone) => identifiersOf({ phone }, country)),
  ]);
  if (identifiers.size === 0) return 'no usable e-mail address or phone number';
  const status = layout.status === undefined ? '' : (cells[layout.status] ?? '');
  const membership = meaningOf(status.normalize('NFKC').trim().toLowerCase());
  return membership ? { identifiers: [...identifiers], membership } : 'unknown status';
}

const meaningOf = (word: string) =>
  (Object.keys(words) as Membership[]).find((membership) => words[membership].includes(word));
