import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { call } from '../api/call.ts';
import type { LeadPage, LeadRow } from '../api/types.ts';
import { filterOf, viewIn } from '../leads/view.ts';
import { useMe } from '../session/me.ts';
import { todayIn } from '../time/when.ts';
import { announce, arrivedAmong, openedNow } from './announce.tsx';
import { applyChanges } from './apply-changes.ts';
import { fits } from './fits.ts';
import { keepAsking } from './keep-asking.ts';
import { forgetAnswers, noteAnswer, noteFailure } from './live-state.ts';
import { wantShown } from './shown-lead.ts';
import { pause, untilVisible } from './wake.ts';

const MOST_CHANGES = 200;

/** Keeps everything that is shown up to date, and says what comes in. */
export function useLive(): void {
  const client = useQueryClient();
  const { time_zone } = useMe();
  useEffect(() => {
    const end = new AbortController();
    const openedAt = openedNow();
    const show = (rows: LeadRow[]) => showInList(rows, time_zone);
    void keepAsking(
      {
        ask: (since) => ask(since, end.signal),
        hear: (rows, isFirst) => {
          applyChanges(client, rows, time_zone);
          const arrived = arrivedAmong(rows, openedAt);
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
  }, [client, time_zone]);
}

const ask = (since: string | undefined, signal: AbortSignal) =>
  call<LeadPage>(since ? `/leads?since=${encodeURIComponent(since)}&limit=${MOST_CHANGES}` : '/leads?limit=1', {
    signal,
  });

/** Goes to the newest of these leads in the list: in the view that is open where it is there, else where it surely is. */
function showInList(rows: LeadRow[], timeZone: string): void {
  const [newest] = rows;
  if (!newest) return;
  const filter = filterOf(viewIn(new URLSearchParams(window.location.search)), todayIn(timeZone));
  const isHere = window.location.pathname === '/' && fits(newest, filter, timeZone);
  if (!isHere) navigate(newest.is_test ? '/?test=true' : '/');
  wantShown(newest.id);
}
