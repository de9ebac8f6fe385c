import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { call } from '../api/call.ts';
import type { LeadPage, LeadRow } from '../api/types.ts';
import { noteListsAndOwners } from '../leads/lists-and-owners.ts';
import { filterOf, viewIn } from '../leads/view.ts';
import { useMe } from '../session/me.ts';
import { todayIn } from '../time/when.ts';
import { announce, arrivedAmong, openedNow } from './announce.tsx';
import { applyChanges } from './apply-changes.ts';
import { fits, type Tenant } from './fits.ts';
import { keepAsking } from './keep-asking.ts';
import { forgetAnswers, noteAnswer, noteFailure } from './live-state.ts';
import { wantShown } from './shown-lead.ts';
import { pause, untilVisible } from './wake.ts';

const MOST_CHANGES = 200;
/** An answer that takes longer is not waited for: the connection may be dead. */
const TIMEOUT_MS = 8000;

/** Keeps everything that is shown up to date, and says what comes in. */
export function useLive(): void {
  const client = useQueryClient();
  const me = useMe();
  useEffect(() => {
    const end = new AbortController();
    const openedAt = openedNow();
    const show = (rows: LeadRow[]) => showInList(rows, me);
    void keepAsking(
      {
        ask: (since) => ask(since, end.signal),
        hear: (rows, isFirst) => {
          applyChanges(client, rows, me);
          const arrived = arrivedAmong(rows, openedAt);
          noteListsAndOwners(client, arrived);
          if (!isFirst) announce(arrived, show);
        },
        answered: noteAnswer,
        failed: noteFailure,
        untilVisible: () => untilVisible(end.signal),
        pause: (milliseconds) => pause(milliseconds, end.signal),
        random: Math.random,
      },
      end.signal,
    );
    return () => {
      end.abort();
      forgetAnswers();
    };
  }, [client, me]);
}

const ask = (since: string | undefined, signal: AbortSignal) =>
  call<LeadPage>(since ? `/leads?since=${encodeURIComponent(since)}&limit=${MOST_CHANGES}` : '/leads?limit=1', {
    signal,
    timeoutMs: TIMEOUT_MS,
  });

/** Goes to the newest of these leads in the list: in the view that is open where it is there, else where it surely is. */
function showInList(rows: LeadRow[], tenant: Tenant): void {
  const [newest] = rows;
  if (!newest) return;
  const filter = filterOf(viewIn(new URLSearchParams(window.location.search)), todayIn(tenant.time_zone));
  const isHere = window.location.pathname === '/' && fits(newest, filter, tenant);
  if (!isHere) navigate(newest.is_test ? '/?test=true' : '/');
  wantShown(newest.id);
}
