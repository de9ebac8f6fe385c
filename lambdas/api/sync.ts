import type { Job, JobId } from '../core/job.ts';
import type { Comparing } from '../core/sync.ts';
import type { Actor } from './actor.ts';
import { notFound } from './failed.ts';
import type { SyncJob } from './schemas/sync.ts';

export interface SyncPorts {
  /** Milliseconds since 1970. */
  now: () => number;
  newId: () => string;
  saveSync: (job: Job) => Promise<unknown>;
  startSync: (message: Comparing) => Promise<void>;
  syncNow: (job: JobId) => Promise<Job | undefined>;
}

/** Has all accounts of the tenant compared with their vendors. The job is there before its message is: whoever takes that finds it. */
export async function startSync({ tenant, id: by, name }: Actor, ports: SyncPorts): Promise<SyncJob> {
  const job: Job = {
    tenant,
    id: ports.newId(),
    kind: 'sync',
    askedBy: { id: by, name },
    askedAt: new Date(ports.now()).toISOString(),
    order: {},
    state: 'waiting',
    counts: {},
  };
  await ports.saveSync(job);
  await ports.startSync({ v: 1, compare: { tenant }, job: job.id });
  return shown(job);
}

/** Where it stands. Throws where nobody of the tenant asked for it. */
export async function showSync({ tenant }: Actor, id: string, ports: SyncPorts): Promise<SyncJob> {
  const job = await ports.syncNow({ tenant, id });
  if (job?.kind !== 'sync') throw notFound('comparison');
  return shown(job);
}

const shown = ({ id, state, counts, said }: Job): SyncJob => ({
  id,
  state,
  vendor: counts['vendor'] ?? 0,
  ours: counts['ours'] ?? 0,
  missing: counts['missing'] ?? 0,
  fetched: counts['put'] ?? 0,
  said: said ?? null,
});
