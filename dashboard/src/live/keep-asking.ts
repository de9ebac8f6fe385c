import { isFailure } from '../api/failure.ts';
import type { LeadPage, LeadRow } from '../api/types.ts';
import { pauseAfter } from './pause.ts';

export interface AskPorts {
  /** What changed since then; without it, where to begin. */
  ask: (since: string | undefined) => Promise<LeadPage>;
  /** Leads that changed; those of the first answer came in before anybody looked. */
  hear: (rows: LeadRow[], isFirst: boolean) => void;
  answered: () => void;
  failed: () => void;
  /** Waits until somebody can see the page. */
  untilVisible: () => Promise<void>;
  /** Waits that long, or until the page is looked at again. */
  pause: (milliseconds: number) => Promise<void>;
  random: () => number;
}

/** Asks for changes for as long as it may, while the page is visible, and tells what it hears. */
export async function keepAsking(ports: AskPorts, signal: AbortSignal): Promise<void> {
  let since: string | undefined;
  let isFirst = true;
  let failures = 0;
  while (!signal.aborted) {
    await ports.untilVisible();
    let hasMore = false;
    try {
      const page = await ports.ask(since);
      if (signal.aborted) return;
      hasMore = since === undefined || page.more;
      if (since !== undefined) {
        ports.hear(page.data, isFirst);
        isFirst &&= page.more;
      }
      since = page.since;
      failures = 0;
      ports.answered();
    } catch (error) {
      if (signal.aborted || isFailure(error, 'not_signed_in')) return;
      // A place to go on from that the server takes no more: begin anew, the full check finds what was between.
      if (isFailure(error, 'bad_request')) since = undefined;
      failures += 1;
      ports.failed();
    }
    if (!hasMore) await ports.pause(pauseAfter(failures, ports.random));
  }
}
