import type { FollowUp } from './conflicts.ts';

/** What somebody typed and has not saved, upon which state of the lead. */
export interface Draft {
  base: FollowUp;
  version: number;
  typed: FollowUp;
}

const drafts = new Map<string, Draft>();

export const draftOf = (id: string): Draft | undefined => drafts.get(id);

/** Keeps what was typed while somebody looks at other pages; in memory alone. */
export function keepDraft(id: string, draft: Draft | undefined): void {
  if (draft) drafts.set(id, draft);
  else drafts.delete(id);
}

/** What was typed is of whoever typed it. */
export const forgetDrafts = (): void => drafts.clear();
