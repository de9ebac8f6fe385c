import { type Again, WHOLE } from '../core/again.ts';
import type { Slice } from '../core/capture-message.ts';
import { namedError } from '../core/failures.ts';
import type { Job, JobId, JobNews } from '../core/job.ts';
import { type Foreseen, ReplayMessage, ReplayOrder } from '../core/replay.ts';
import { foreseeAll, type ForeseeAllPorts } from './foresee-all.ts';
import { pageAfter, type PagePorts } from './pages.ts';
import { settle, type SettlePorts } from './settle.ts';

export interface ReplayPorts extends ForeseeAllPorts, SettlePorts, PagePorts {
  jobNow: (job: JobId) => Promise<Job | undefined>;
  noteJob: (job: JobId, news: JobNews) => Promise<boolean>;
  sendToCapture: (slices: Slice[]) => Promise<void>;
  /** How long this function may still run: milliseconds. */
  timeLeft: () => number;
}

/** What came of a message. */
export interface Replayed {
  outcome: 'cut' | 'sent' | 'settling' | 'done' | 'repeat';
  reason?: string;
}

/** How long a page may take: milliseconds. */
const LONGEST_PAGE = 20_000;
/** A dry run lists this many of what would change. */
const MOST_LISTED = 200;

/** Goes on with a job: has what it means run again, page by page, or says what would become of it. A message that comes again does the same once more. */
export async function replay(message: ReplayMessage, ports: ReplayPorts): Promise<Replayed> {
  const id = { tenant: message.tenant, id: message.job_id };
  const job = await ports.jobNow(id);
  if (!job || job.state === 'done') return { outcome: 'repeat' };
  if (message.sent) return settle(message, message.sent, ports);
  if (!(await ports.noteJob(id, { state: 'running', said: '' }))) return { outcome: 'repeat' };
  try {
    return await goOn(message, ReplayOrder.parse(job.order), ports);
  } catch (error) {
    // People see it at once; the queue brings the message back.
    await ports.noteJob(id, { state: 'failed', said: `It stopped (${namedError(error)}), and is tried again.` });
    throw error;
  }
}

async function goOn(message: ReplayMessage, order: ReplayOrder, ports: ReplayPorts): Promise<Replayed> {
  const id = { tenant: message.tenant, id: message.job_id };
  const again: Again = { how: order.how, job: message.job_id, tenant: message.tenant };
  const counts = { deliveries: 0, ...message.counts };
  const listed: Foreseen[] = [...(message.listed ?? [])];
  for (let { after } = message; ;) {
    const page = await pageAfter(after, order, ports);
    const keys = page.deliveries.map(({ key }) => key);
    counts.deliveries += keys.length;
    if (page.missing > 0) add(counts, 'missing', page.missing);
    if (order.isDryRun) {
      const seen = await foreseeAll(keys, again, ports);
      for (const one of seen) {
        add(counts, `${one.source}.${one.what}`, 1);
        if (one.isToBeTold) add(counts, 'to_tell', 1);
        if (['new', 'changed'].includes(one.what) && listed.length < MOST_LISTED) listed.push(one);
      }
    } else await ports.sendToCapture(keys.map((key) => ({ v: 1, key, ...WHOLE, bulk: true, again })));
    after = page.last ?? after;
    if (page.isEnd) break;
    await ports.noteJob(id, { counts });
    if (ports.timeLeft() > LONGEST_PAGE) continue;
    await ports.sendAgain({ ...message, after, counts, listed });
    return { outcome: 'cut', reason: `${counts.deliveries} deliveries so far` };
  }
  const reason = `${counts.deliveries} deliveries`;
  if (order.isDryRun) {
    await ports.noteJob(id, { state: 'done', counts, listed, endedAt: ports.now() });
    return { outcome: 'done', reason };
  }
  await ports.noteJob(id, { counts });
  await ports.sendAgain({ ...message, sent: { at: ports.now(), calm: 0 } });
  return { outcome: 'sent', reason };
}

const add = (counts: Record<string, number>, name: string, more: number) => {
  counts[name] = (counts[name] ?? 0) + more;
};
