import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dataOf } from '../api/data-of.ts';
import { useSubmit } from '../api/use-submit.ts';
import type { Job } from './types.ts';

/** How often it is asked where a job stands. */
const EVERY_MS = 1000;
const pause = () => new Promise((resolve) => setTimeout(resolve, EVERY_MS));

/** Has long work done and follows it; what is shown of deliveries is asked again at its end. */
export function useJob() {
  const [job, setJob] = useState<Job | null>(null);
  const { isBusy, problem, submit } = useSubmit();
  const client = useQueryClient();
  const run = (path: string, body: unknown): Promise<void> =>
    submit(async () => {
      let now = await dataOf<Job>(path, { method: 'POST', body });
      setJob(now);
      while (now.state === 'waiting' || now.state === 'running') {
        await pause();
        now = await dataOf<Job>(`/replays/${now.id}`);
        setJob(now);
      }
      await client.invalidateQueries({ queryKey: ['deliveries'] });
    });
  return { job, isBusy, problem, run, forget: () => setJob(null) };
}
