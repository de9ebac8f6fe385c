import { useEffect, useState } from 'react';
import { isFailure } from '../api/failure.ts';
import type { LeadDetail } from '../api/types.ts';
import { useMe } from '../session/me.ts';
import { type Conflict, differing, type FollowUp, followUpOf, rebased } from './conflicts.ts';
import { type Draft, draftOf, keepDraft } from './drafts.ts';
import { useSave } from './use-save.ts';

/** What the other saved meanwhile. */
export interface Clash {
  conflicts: Conflict[];
  /** What the other changed and nobody here did: taken over. */
  takenOver: (keyof FollowUp)[];
  by: string | null;
}

const upon = (lead: LeadDetail): Draft => {
  const base = followUpOf(lead);
  return { base, version: lead.version, typed: base };
};

/** The follow-up of a lead while somebody edits it: what is typed is never lost, whoever else saves. */
export function useFollowUp(lead: LeadDetail) {
  const { id: who } = useMe();
  const [draft, setDraft] = useState(() => draftOf(lead.id, who) ?? upon(lead));
  const [clash, setClash] = useState<Clash | null>(null);
  const save = useSave(lead.id);
  const dirty = differing(draft.base, draft.typed);
  const isDirty = dirty.length > 0;

  // What others saved is shown at once where nothing was typed here.
  if (!isDirty && !clash && lead.version > draft.version) setDraft(upon(lead));

  useEffect(() => keepDraft(lead.id, who, isDirty ? draft : undefined), [lead.id, who, isDirty, draft]);
  useWarnBeforeLeaving(isDirty);

  const store = (from: Draft) => {
    const fields = differing(from.base, from.typed);
    if (fields.length === 0) return;
    save.mutate(
      { version: from.version, fields, typed: from.typed },
      {
        onSuccess: (saved) => {
          // What was typed while it was on its way stays typed.
          setDraft((now) => ({ ...upon(saved), typed: rebased(from.typed, now.typed, followUpOf(saved)).typed }));
          setClash(null);
        },
        onError: (error) => {
          if (!isFailure(error, 'conflict')) return;
          const theirs = error.data as LeadDetail;
          const now = upon(theirs);
          const { typed, conflicts, theirs: changed } = rebased(from.base, from.typed, now.base);
          setDraft({ ...now, typed });
          setClash({
            conflicts,
            takenOver: changed.filter((field) => !fields.includes(field)),
            by: lastEditor(theirs),
          });
        },
      },
    );
  };

  return {
    typed: draft.typed,
    clash,
    isDirty,
    isSaving: save.isPending,
    error: isFailure(save.error, 'conflict') ? null : save.error,
    isSaved: save.isSuccess && !isDirty,
    type: (change: Partial<FollowUp>) => setDraft({ ...draft, typed: { ...draft.typed, ...change } }),
    save: () => store(draft),
    /** Settles the clash with these values in place of what was typed. */
    settle: (values: Partial<FollowUp>, andSave: boolean) => {
      const settled = { ...draft, typed: { ...draft.typed, ...values } };
      setDraft(settled);
      setClash(null);
      if (andSave) store(settled);
    },
  };
}

const lastEditor = ({ timeline }: LeadDetail) =>
  timeline.findLast(({ kind, by }) => kind === 'changed' && by !== null)?.by ?? null;

function useWarnBeforeLeaving(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
}
