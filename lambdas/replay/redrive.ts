import { type DeadLetter, groupsOf, isMeant, isOf, listedOf, RedriveOrder } from '../core/dead-letter.ts';
import { namedError } from '../core/failures.ts';
import type { Job, JobId, JobNews } from '../core/job.ts';
import type { ReplayMessage } from '../core/replay.ts';
import type { StoredPorts } from '../core/stored-events.ts';
import type { Replayed } from './replay.ts';

export interface RedrivePorts extends StoredPorts {
  /** ISO 8601, UTC. */
  now: () => string;
  jobNow: (job: JobId) => Promise<Job | undefined>;
  noteJob: (job: JobId, news: JobNews) => Promise<boolean>;
  /** Shows each message that was given up, of all queues, and sends back those of which it is said. */
  eachDeadLetter: (decide: (letter: DeadLetter) => Promise<'send back' | 'leave'>) => Promise<void>;
}

/** Sends messages that were given up back to where they came from, or lists them by their cause: those that somebody means, and that are about something of their tenant. */
export async function redrive({ tenant, job_id: id }: ReplayMessage, job: Job, ports: RedrivePorts): Promise<Replayed> {
  const order = RedriveOrder.parse(job.order);
  if (!(await ports.noteJob({ tenant, id }, { state: 'running', said: '' }))) return { outcome: 'repeat' };
  // Of a job that was cut off, the messages are gone that went back.
  let count = job.counts['redriven'] ?? 0;
  const found: DeadLetter[] = [];
  try {
    await ports.eachDeadLetter(async (letter) => {
      if (!isMeant(letter, order) || !(await isOf(letter.body, tenant, ports))) return 'leave';
      count += 1;
      if (!order.isDryRun) return 'send back';
      found.push(letter);
      return 'leave';
    });
  } catch (error) {
    const said = `It stopped (${namedError(error)}), and is tried again.`;
    await ports.noteJob({ tenant, id }, { state: 'failed', counts: { redriven: count }, said });
    throw error;
  }
  const listed = listedOf(groupsOf(found));
  await ports.noteJob({ tenant, id }, { state: 'done', counts: { redriven: count }, listed, endedAt: ports.now() });
  return { outcome: 'done', reason: `${count} messages` };
}
