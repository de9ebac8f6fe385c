import type { Lead } from './lead.ts';
import { knownOf } from './lead-view.ts';

/** A name of more words is found by its first ones and its last one. */
const MOST_WORDS = 4;
/** Longer terms would not fit into a key, and nobody types more. */
const LONGEST = 80;

/** A name as it is searched: without accents, case and punctuation; `Zoë O’Brien-Smith` is `zoe o brien smith`. */
export const foldedName = (name: string): string =>
  folded(name)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();

export const foldedEmail = (email: string): string => folded(email).trim();

/** Decomposed, so that accents can go, and so that half a Korean syllable finds the whole one. */
const folded = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');

/** What is looked for, as a prefix of a term. */
export const prefixOf = {
  name: (text: string) => cut(`n:${foldedName(text)}`),
  email: (text: string) => cut(`e:${foldedEmail(text)}`),
};

/** What a lead is found by: its name from each of its words on, and its address. */
export function termsOf(lead: Pick<Lead, 'facts' | 'looked'>): string[] {
  const { name, email } = knownOf(lead);
  const words = foldedName(name ?? '')
    .split(' ')
    .filter(Boolean);
  const starts = [...words.keys()].filter((start) => start < MOST_WORDS - 1 || start === words.length - 1);
  const names = starts.map((start) => cut(`n:${words.slice(start).join(' ')}`));
  return [...new Set([...names, ...(email === null ? [] : [cut(`e:${foldedEmail(email)}`)])])];
}

/** By code points, so that nothing is cut in two. */
const cut = (term: string) => Array.from(term).slice(0, LONGEST).join('');
