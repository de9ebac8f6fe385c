import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job, JobId } from '../../lambdas/core/job.ts';
import type { ReplayMessage, ReplayOrder } from '../../lambdas/core/replay.ts';

export interface JobPorts {
  saveJob: (job: Job) => Promise<unknown>;
  send: (message: ReplayMessage) => Promise<void>;
  jobNow: (job: JobId) => Promise<Job | undefined>;
}

/** From one look at a job to the next: milliseconds. */
const EVERY = 1000;

/** Has an order carried out for each of these tenants, and returns their jobs. */
export async function startJobs(tenants: string[], order: ReplayOrder, ports: JobPorts): Promise<Job[]> {
  const askedBy = { id: 'operator', name: userInfo().username };
  const jobs = tenants.map((tenant): Job => {
    const askedAt = new Date().toISOString();
    return { tenant, id: randomUUID(), kind: 'replay', askedBy, askedAt, order, state: 'waiting', counts: {} };
  });
  for (const job of jobs) {
    await ports.saveJob(job);
    await ports.send({ v: 1, tenant: job.tenant, job_id: job.id });
  }
  return jobs;
}

/** Follows jobs until each came to an end, or says that it did not get on. `show` is called with where they stand. */
export async function followJobs(jobs: Job[], ports: JobPorts, show: (jobs: Job[]) => void): Promise<Job[]> {
  for (;;) {
    const now = await Promise.all(jobs.map(async (job) => (await ports.jobNow(job)) ?? job));
    show(now);
    if (now.every(({ state }) => state === 'done' || state === 'failed')) return now;
    await wait(EVERY);
  }
}
