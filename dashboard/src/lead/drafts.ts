import type { FollowUp } from './conflicts.ts';

/** What somebody typed and has not saved, upon which state of the lead. */
export interface Draft {
  base: FollowUp;
  version: number;
  typed: FollowUp;
}

interface Kept {
  /** What was typed is of whoever typed it. */
  who: string;
  draft: Draft;
}

const STASH = 'drafts';
const drafts = new Map<string, Kept>(unstashed());

export function draftOf(id: string, who: string): Draft | undefined {
  const kept = drafts.get(id);
  return kept?.who === who ? kept.draft : undefined;
}

/** Keeps what was typed while somebody looks at other pages; in memory alone. */
export function keepDraft(id: string, who: string, draft: Draft | undefined): void {
  if (draft) drafts.set(id, { who, draft });
  else drafts.delete(id);
}

/** Puts what was typed where it outlives the way to the sign-in page and back, in this tab alone. */
export function stashDrafts(): void {
  if (drafts.size > 0) window.sessionStorage.setItem(STASH, JSON.stringify([...drafts]));
}

function unstashed(): [string, Kept][] {
  const stashed = window.sessionStorage.getItem(STASH);
  window.sessionStorage.removeItem(STASH);
  return stashed ? (JSON.parse(stashed) as [string, Kept][]) : [];
}
