import { jobNow, saveJob } from '../lambdas/aws/job-table.ts';
import { sendAll } from '../lambdas/aws/queue.ts';
import { NOBODY } from '../lambdas/core/account.ts';
import type { Job } from '../lambdas/core/job.ts';
import { useAccess } from './access.ts';
import { readOptions } from './arguments.ts';
import { CommandError, run, SEE_TO_IT } from './command.ts';
import { findStage } from './find-stage.ts';
import { confirmed } from './forget/confirm.ts';
import { followJobs, type JobPorts, startJobs } from './replay/jobs.ts';
import { orderOf } from './replay/order.ts';
import { progressLine, resultText } from './replay/show.ts';

const usage = `Usage: npm run replay -- KEY... | --from TIME [--to TIME] | --all  [options]
  Runs stored deliveries again: what they say is kept once more, looked up once more, and told to nobody unless said otherwise. A table
  that was lost is built again with --all, once its pages and portals are there.
  KEY                the name of a delivery: source/crm_event_lead_….json
  --from, --to TIME  those stored in a time: 2026-03-05, 2026-03-05T13:30Z, or 90m, 12h, 3d ago; until now where there is no --to
  --all              everything that is stored
  --source S         only deliveries of close, meta or hubspot
  --tell             people are told of its leads once more
  --dry-run          says what would change, and changes nothing
  --yes              does not ask at a terminal whether you are sure
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --tenant T         what belongs to one tenant (all tenants, and what belongs to nobody)
  --json             says it as JSON
  Ends with 2 where it found leads that people may never have been told of.`;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    from: { type: 'string' },
    to: { type: 'string' },
    all: { type: 'boolean', default: false },
    source: { type: 'string' },
    tell: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    stage: { type: 'string' },
    tenant: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const { from, to, all, source, tell, yes, json } = values;
  const order = orderOf({ keys: positionals, from, to, all, source, tell, dryRun: values['dry-run'] }, Date.now());
  const stage = await findStage({ stage: values.stage, tenant: values.tenant });
  useAccess(stage.access);
  const tenants = values.tenant === undefined ? [...stage.tenants, NOBODY] : [stage.tenant];
  const ports: JobPorts = {
    saveJob: (job) => saveJob(stage.table, job),
    send: (message) => sendAll(stage.replayQueueUrl, [message]),
    jobNow: (job) => jobNow(stage.table, job),
  };
  const carryOut = async (isDryRun: boolean) =>
    followJobs(await startJobs(tenants, { ...order, isDryRun }, ports), ports, shownTo(process.stderr));
  if (!order.isDryRun && !yes && process.stdin.isTTY) {
    const foreseen = await carryOut(true);
    console.error(resultText(foreseen));
    if (!(await confirmed(questionOf(foreseen, tell)))) return console.log('Nothing was run again.');
  }
  const ended = await carryOut(order.isDryRun);
  const jobs = ended.map(({ tenant, id, state, counts, listed, said }) => ({
    tenant,
    id,
    state,
    counts,
    listed,
    said,
  }));
  console.log(json ? JSON.stringify({ jobs }) : resultText(ended));
  const failed = ended.find(({ state }) => state === 'failed');
  if (failed) throw new CommandError(`Not all of it was run again. ${failed.said ?? ''} Look at ${stage.lookAt}.`);
  if (ended.some(({ counts }) => (counts['untold'] ?? 0) > 0)) process.exitCode = SEE_TO_IT;
});

function questionOf(jobs: Job[], tell: boolean): string {
  const sum = (name: string) => jobs.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);
  return `${sum('deliveries')} deliveries are run again, and people are told of ${tell ? sum('to_tell') : 'no'} leads.`;
}

/** A line whenever something moved. */
function shownTo(stream: NodeJS.WritableStream) {
  let last = '';
  return (jobs: Job[]) => {
    const line = progressLine(jobs);
    if (line !== last) stream.write(`${line}\n`);
    last = line;
  };
}
