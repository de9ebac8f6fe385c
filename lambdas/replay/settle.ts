import type { JobId, JobNews } from '../core/job.ts';
import type { ReplayMessage } from '../core/replay.ts';
import type { Replayed } from './replay.ts';

export interface SettlePorts {
  /** ISO 8601, UTC. */
  now: () => string;
  noteJob: (job: JobId, news: JobNews) => Promise<boolean>;
  /** Messages in the lanes of what comes in bulk, about as many. */
  leftInLanes: () => Promise<number>;
  /** Leads that people may never have been told of, which the job listed. */
  untoldOf: (job: JobId, most: number) => Promise<Record<string, unknown>[]>;
  /** Sends the message again, in a moment. */
  sendAgain: (message: ReplayMessage) => Promise<void>;
}

/** The lanes are empty when they say so this often in a row: they know only about how many messages they have. */
const CALM = 2;
/** Others use the lanes too: nobody waits longer for them. Milliseconds. */
const LONGEST = 15 * 60_000;
/** As many leads are shown of those that people may never have been told of. */
const MOST_LISTED = 200;

/** Ends a job once all that it sent is worked through, as far as the lanes know. */
export async function settle(
  message: ReplayMessage,
  { at, calm }: NonNullable<ReplayMessage['sent']>,
  ports: SettlePorts,
): Promise<Replayed> {
  const id = { tenant: message.tenant, id: message.job_id };
  const left = await ports.leftInLanes();
  const isOver = Date.parse(ports.now()) - Date.parse(at) >= LONGEST;
  const calmNow = left === 0 ? calm + 1 : 0;
  if (calmNow < CALM && !isOver) {
    await ports.noteJob(id, { counts: { left } });
    await ports.sendAgain({ ...message, sent: { at, calm: calmNow } });
    return { outcome: 'settling', reason: `${left} messages in the lanes` };
  }
  const untold = await ports.untoldOf(id, MOST_LISTED);
  const said = [
    ...(left > 0 ? [`${left} messages are still in the lanes for what comes in bulk, of this job or of others.`] : []),
    ...(untold.length > 0 ? ['People may never have been told of the leads that are listed.'] : []),
  ].join(' ');
  const counts = { left, untold: untold.length };
  await ports.noteJob(id, { state: 'done', counts, listed: untold, endedAt: ports.now(), said });
  return { outcome: 'done' };
}
