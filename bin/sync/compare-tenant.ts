import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jobNow, saveJob } from '../../lambdas/aws/job-table.ts';
import { sendAll } from '../../lambdas/aws/queue.ts';
import { comparisonsOf } from '../../lambdas/aws/sync-table.ts';
import type { Comparison } from '../../lambdas/core/completeness.ts';
import type { Job } from '../../lambdas/core/job.ts';
import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';

/** Milliseconds between two looks at the job. */
const LOOK_EVERY = 500;
/** Without anything new for so long, nobody is at it: milliseconds. An import is looked after at most every 15 minutes. */
const PATIENCE = 20 * 60_000;

export interface ComparedTenant {
  tenant: string;
  job: Job;
  comparisons: Comparison[];
}

/** Has the accounts of a tenant compared, and waits until they are; `say` hears how far it came. */
export async function compareTenant(
  stage: Pick<Stage, 'table' | 'syncQueueUrl' | 'lookAt'>,
  {
    tenant,
    source,
    from,
    quiet,
  }: { tenant: string; source?: string | undefined; from?: number | undefined; quiet: boolean },
  say: ((line: string) => void) | undefined,
): Promise<ComparedTenant> {
  const id = randomUUID();
  const order = {
    ...(source !== undefined && { source }),
    ...(from !== undefined && { from }),
    ...(quiet && { quiet }),
  };
  await saveJob(stage.table, {
    tenant,
    id,
    kind: 'sync',
    askedBy: { id: 'operator', name: 'npm run sync' },
    askedAt: new Date().toISOString(),
    order,
    state: 'waiting',
    counts: {},
  });
  const { source: _source, ...more } = order;
  await sendAll(stage.syncQueueUrl, [{ v: 1, compare: { tenant, source }, job: id, ...more }]);
  let said = '';
  for (let newsAt = Date.now(); ; await sleep(LOOK_EVERY)) {
    const job = await jobNow(stage.table, { tenant, id });
    if (!job) throw new CommandError('The job is gone from the table.');
    const line = lineOf(job);
    if (line !== said) {
      newsAt = Date.now();
      say?.(line);
    }
    said = line;
    if (job.state === 'done' || job.state === 'failed') {
      const comparisons = await comparisonsOf(stage.table, tenant);
      return { tenant, job, comparisons: comparisons.filter((row) => source === undefined || row.source === source) };
    }
    if (Date.now() - newsAt > PATIENCE)
      throw new CommandError(
        `Nobody compares ${tenant} any more. Look at ${stage.lookAt}; docs/runbook.md#sync-is-stuck says what to do.`,
      );
  }
}

function lineOf({ state, counts, said }: Job): string {
  const { vendor = 0, ours = 0, put = 0 } = counts;
  if (state === 'waiting') return 'waits for its turn';
  const found = `${vendor.toLocaleString('en')} at the vendor, ${ours.toLocaleString('en')} here, ${put.toLocaleString('en')} deliveries fetched`;
  return `${state === 'running' ? 'compares' : state}: ${found}${said === undefined ? '' : `; ${said}`}`;
}
