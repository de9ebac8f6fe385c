import { useEffect } from 'react';
import type { LeadRow } from '../api/types.ts';
import { useWanted, wantShown } from '../live/shown-lead.ts';

/** Brings a lead before the eyes that a toast was asked to show, once it is in the list. */
export function useShowWanted(rows: LeadRow[]): void {
  const wanted = useWanted();
  const isHere = wanted !== null && rows.some(({ id }) => id === wanted);
  useEffect(() => {
    if (!isHere || wanted === null) return;
    const row = document.querySelector(`[data-lead="${CSS.escape(wanted)}"]`);
    row?.querySelector<HTMLElement>('[data-lead-link]')?.focus({ preventScroll: true });
    if (rows[0]?.id === wanted) window.scrollTo({ top: 0 });
    else row?.scrollIntoView({ block: 'center' });
    wantShown(null);
    // Once it is here; how the list changes afterwards does not matter.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isHere, wanted]);
}
