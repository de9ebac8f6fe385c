import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { LeadFilter } from '../api/types.ts';
import { readLeads } from '../leads/read-leads.ts';
import { useMe } from '../session/me.ts';
import { fullCheck } from './full-check.ts';
import { wake } from './wake.ts';

const CHECK_EVERY_MS = 60_000;

/** The full check of a view: by itself every minute while it is visible, and whenever somebody asks. */
export function useFullCheck(filter: LeadFilter) {
  const client = useQueryClient();
  const me = useMe();
  const run = () => fullCheck(client, filter, me, (place) => readLeads(filter, place));
  const asked = useMutation({ mutationFn: run, onSuccess: wake });
  const byItself = useEffectEvent(() => {
    // What fails here fails for the live connection too, which says so.
    if (document.visibilityState === 'visible' && !asked.isPending) run().catch(() => undefined);
  });
  useEffect(() => {
    const timer = setInterval(byItself, CHECK_EVERY_MS);
    const missed = whenBackAfter(CHECK_EVERY_MS, byItself);
    return () => {
      clearInterval(timer);
      missed();
    };
  }, []);
  return asked;
}

/** Calls back when somebody returns to the page who was away for so long; the answer ends it. */
function whenBackAfter(milliseconds: number, back: () => void): () => void {
  let leftAt = Date.now();
  const look = () => {
    if (document.visibilityState === 'hidden') leftAt = Date.now();
    else if (Date.now() - leftAt >= milliseconds) back();
  };
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}
