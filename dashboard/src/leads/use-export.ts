import { useEffect, useRef, useState } from 'react';
import type { Export } from '../../../lambdas/api/schemas/export.ts';
import type { LeadFilter } from '../../../lambdas/api/schemas/lead.ts';
import { sentenceOf } from '../api/failure.ts';
import { downloadCsv } from './download.ts';
import { exportName } from './export-name.ts';
import { dataOf } from '../api/data-of.ts';
import { useMe } from '../session/me.ts';

export type ExportState =
  | { is: 'idle' }
  | { is: 'running'; count: number }
  | { is: 'saved'; count: number }
  | { is: 'linked'; count: number; url: string }
  | { is: 'failed'; says: string };

const ASK_EVERY = 2_000;
const failed = 'The export did not work. Try again in a moment.';

/** Exports leads: a small one becomes a file at once, a large one is asked for until it has a link. */
export function useExport() {
  const { time_zone } = useMe();
  const [state, setState] = useState<ExportState>({ is: 'idle' });
  const asked = useRef<AbortController | null>(null);
  useEffect(() => () => asked.current?.abort(), []);

  async function start(filter: LeadFilter): Promise<void> {
    asked.current?.abort();
    const { signal } = (asked.current = new AbortController());
    setState({ is: 'running', count: 0 });
    try {
      let job = await dataOf<Export>('/exports', { method: 'POST', body: { filter } });
      while (job.state === 'running' && !signal.aborted) {
        setState({ is: 'running', count: job.count });
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
        if (!signal.aborted) job = await dataOf<Export>(`/exports/${job.id}`);
      }
      if (!signal.aborted) setState(finish(job));
    } catch (error) {
      if (!signal.aborted) setState({ is: 'failed', says: sentenceOf(error) });
    }
  }

  function finish({ state: ended, csv, url, count }: Export): ExportState {
    if (ended === 'done' && csv !== null) {
      downloadCsv(csv, exportName(new Date(), time_zone));
      return { is: 'saved', count };
    }
    return ended === 'done' && url !== null ? { is: 'linked', count, url } : { is: 'failed', says: failed };
  }

  return { state, start };
}
