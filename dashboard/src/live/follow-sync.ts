import type { SyncJob } from '../../../lambdas/api/schemas/sync.ts';
import { ApiFailure } from '../api/failure.ts';

export interface FollowPorts {
  start: () => Promise<SyncJob>;
  look: (id: string) => Promise<SyncJob>;
  pause: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Where it stands, each time that it was looked at, and for how long it runs: milliseconds. */
  heard: (job: SyncJob, runs: number) => void;
}

/** It goes on after that; nobody waits at a button for longer. */
const FOLLOWED_FOR_MS = 120_000;
/** A comparison that finds nothing takes a second; one that fetches takes many. */
const SOON_MS = [300, 400, 600];
const EVERY_MS = 1000;
const LONGEST_MS = 5000;

/** What came of a comparison that was followed: it ended, or somebody stopped looking. */
export interface Followed {
  job: SyncJob;
  hasEnded: boolean;
}

/** Begins a comparison with the vendors and looks after it until it ends, for two minutes at most. Throws where it can’t be begun, or is not there. */
export async function followSync(ports: FollowPorts, signal: AbortSignal): Promise<Followed> {
  const began = ports.now();
  let job = await ports.start();
  let failures = 0;
  for (let looks = 0; !isOver(job); looks += 1) {
    const runs = ports.now() - began;
    ports.heard(job, runs);
    if (runs >= FOLLOWED_FOR_MS) break;
    await ports.pause(pauseBefore(looks, failures));
    if (signal.aborted) break;
    try {
      job = await ports.look(job.id);
      failures = 0;
    } catch (error) {
      if (!mayPass(error)) throw error;
      failures += 1;
    }
  }
  return { job, hasEnded: isOver(job) };
}

const isOver = ({ state }: SyncJob) => state === 'done' || state === 'failed';

const pauseBefore = (looks: number, failures: number) =>
  failures > 0 ? Math.min(LONGEST_MS, EVERY_MS * 2 ** (failures - 1)) : (SOON_MS[looks] ?? EVERY_MS);

const mayPass = (error: unknown) =>
  error instanceof ApiFailure && (error.code === 'unreachable' || error.code === 'unavailable');
