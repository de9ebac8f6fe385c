import * as z from 'zod';
import { type DeadLetter, aboutIn, groupsOf, isOf, type RedriveOrder } from '../core/dead-letter.ts';
import type { Job, JobId } from '../core/job.ts';
import type { ReplayMessage, ReplayOrder } from '../core/replay.ts';
import type { StoredPorts } from '../core/stored-events.ts';
import type { Actor } from './actor.ts';
import { notFound } from './failed.ts';
import { keyFor, nameIn } from './list-deliveries.ts';
import type { DeadGroup, Job as JobShown, RedriveRequest, ReplayRequest } from './schemas/replay.ts';

export interface ReplayPorts extends StoredPorts {
  /** Milliseconds since 1970. */
  now: () => number;
  newId: () => string;
  saveReplay: (job: Job) => Promise<unknown>;
  startReplay: (message: ReplayMessage) => Promise<void>;
  replayNow: (job: JobId) => Promise<Job | undefined>;
  /** Messages that were given up, of every queue; of each no more than people look at. */
  deadLetters: () => Promise<DeadLetter[]>;
}

/** Has deliveries of the tenant run again, or says what would become of them. */
export function startReplay(actor: Actor, asked: ReplayRequest, ports: ReplayPorts): Promise<JobShown> {
  const { deliveries, from, to, source, tell, dry_run: isDryRun } = asked;
  const keys = deliveries?.map(keyFor);
  const order: ReplayOrder = { how: tell ? 'tell' : 'quiet', isDryRun, ...(keys ? { keys } : { from, to, source }) };
  return start(actor, 'replay', order, ports);
}

/** Has messages of the tenant sent back that were given up. */
export function startRedrive(actor: Actor, asked: RedriveRequest, ports: ReplayPorts): Promise<JobShown> {
  const order: RedriveOrder = { ...asked, isDryRun: false };
  return start(actor, 'redrive', order, ports);
}

/** The job is there before its message is: whoever takes that finds it. */
async function start(
  { tenant, id: by, name }: Actor,
  kind: 'replay' | 'redrive',
  order: Job['order'],
  ports: ReplayPorts,
): Promise<JobShown> {
  const askedAt = new Date(ports.now()).toISOString();
  const id = ports.newId();
  const job: Job = { tenant, id, kind, askedBy: { id: by, name }, askedAt, order, state: 'waiting', counts: {} };
  await ports.saveReplay(job);
  await ports.startReplay({ v: 1, tenant, job_id: id });
  return shown(job, kind);
}

/** Where a job stands. Throws where nobody of the tenant asked for it. */
export async function showReplay({ tenant }: Actor, id: string, ports: ReplayPorts): Promise<JobShown> {
  const job = await ports.replayNow({ tenant, id });
  if (job?.kind !== 'replay' && job?.kind !== 'redrive') throw notFound('job');
  return shown(job, job.kind);
}

const shown = (job: Job, kind: JobShown['kind']): JobShown => ({
  id: job.id,
  kind,
  state: job.state,
  asked_by: job.askedBy.name,
  asked_at: job.askedAt,
  ended_at: job.endedAt ?? null,
  counts: job.counts,
  said: job.said || null,
  listed: (job.listed ?? []).flatMap(listedIn),
});

const Listed = z.object({
  what: z.string().default('untold'),
  lead_id: z.string().nullish(),
  key: z.string().optional(),
  rawKey: z.string().default(''),
});

/** What a job listed: what would change, or a lead that may be untold. */
const listedIn = (one: unknown): JobShown['listed'] => {
  const { data } = Listed.safeParse(one);
  if (!data) return [];
  return [{ what: data.what, lead_id: data.lead_id ?? null, delivery: nameIn(data.key ?? data.rawKey) }];
};

/** Messages of a group that are named. */
const NAMED = 20;

/** Messages of the tenant that were given up, grouped by their cause. */
export async function listDeadLetters({ tenant }: Actor, ports: ReplayPorts): Promise<DeadGroup[]> {
  const all = await ports.deadLetters();
  const own = await Promise.all(all.map(({ body }) => isOf(body, tenant, ports)));
  return groupsOf(all.filter((_, index) => own[index])).map(({ letters, ...group }) => ({
    ...group,
    messages: letters.slice(0, NAMED).map(({ id, body, sentAt }) => {
      const about = aboutIn(body);
      return { id, sent_at: sentAt, lead_id: about?.lead_id ?? null, deliveries: (about?.keys ?? []).map(nameIn) };
    }),
  }));
}
