import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { LeadFilter } from '../api/types.ts';
import { readLeads } from '../leads/read-leads.ts';
import { useMe } from '../session/me.ts';
import { askVendors } from './ask-vendors.ts';
import { inSum } from './compare.ts';
import { fullCheck } from './full-check.ts';
import { inWords, type SyncResult } from './sync-result.ts';
import { wake } from './wake.ts';

const CHECK_EVERY_MS = 60_000;

const atFirst = 'Comparing with everything that is stored …';

/** The full check of a view: by itself every minute while it is visible, and whenever somebody asks; then with the vendors too. */
export function useFullCheck(filter: LeadFilter) {
  const client = useQueryClient();
  const me = useMe();
  const run = () => fullCheck(client, filter, me, (place) => readLeads(filter, place));
  const [meanwhile, say] = useState(atFirst);
  const following = useRef<AbortController | null>(null);
  async function runWithVendors(): Promise<SyncResult> {
    following.current?.abort();
    const { signal } = (following.current = new AbortController());
    say(atFirst);
    // What the list lacked is known at once, and need not wait for the vendors.
    let known = '';
    const check = async () => {
      const { stored } = await run();
      known = `${inWords({ stored, vendors: null })} `;
      return stored;
    };
    const asking = askVendors(client, (doing) => say(known + doing), signal);
    const [stored, { vendors, news }] = await Promise.all([check(), asking]);
    const again = news.fetched > 0 ? (await run()).stored : undefined;
    return { stored: again ? inSum(stored, again) : stored, vendors, news };
  }
  const asked = useMutation({ mutationFn: runWithVendors, onSuccess: wake });
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
      following.current?.abort();
    };
  }, []);
  return { ...asked, meanwhile };
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
