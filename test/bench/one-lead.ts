import { setTimeout as sleep } from 'node:timers/promises';
import { HeadObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { nameOf } from '../../lambdas/sources/close/payload.ts';
import { startLocal, type LocalRun } from '../e2e/local-run.ts';
import { alertsOf, untilTold } from './alerts.ts';
import { endlessLeads, type Delivery } from './leads.ts';
import { report } from './report.ts';
import { leadsOf } from './table-rows.ts';

const DELAY_SECONDS = 5;
/** Milliseconds that a single lead may take: to the answer, to the object in `source/`, from due to the alert. */
const limits = { answered_ms: 1000, raw_object_ms: 2000, due_to_alert_ms: 10_000 };

/** One lead by itself: the first after a start, which starts every function cold, then the median of some more. */
export async function oneLead({ more }: { more: number }): Promise<void> {
  const started = performance.now();
  await using run = await startLocal({ env: { DELAY_SECONDS: String(DELAY_SECONDS) } });
  report('ready', { ms: Math.round(performance.now() - started) }, { ms: 30_000 });
  const deliveries = endlessLeads(run.settings.secrets.close.signatureKey);
  report('one_lead', { start: 'cold', ...(await timesOf(run, deliveries.next().value, 1)) }, limits);
  const warm: Record<string, number>[] = [];
  for (let index = 0; index < more; index += 1) warm.push(await timesOf(run, deliveries.next().value, index + 2));
  const median = (name: string) =>
    warm.map((times) => times[name] ?? NaN).toSorted((a, b) => a - b)[Math.floor(more / 2)];
  const medians = Object.fromEntries(Object.keys(limits).map((name) => [name, median(name)]));
  report('one_lead', { start: 'warm', of: more, ...medians }, limits);
}

async function timesOf(run: LocalRun, { body, headers }: Delivery, nth: number) {
  const key = `source/${nameOf(body)}`;
  const id = /(lead_\w+)\.json$/.exec(key)?.[1] ?? '';
  const started = performance.now();
  const since = () => Math.round(performance.now() - started);
  const [answered, stored] = await Promise.all([
    run.post('/webhooks/close', body, headers).then(async (response) => {
      if (response.status !== 200) throw new Error(`answered ${response.status}`);
      await response.text();
      return since();
    }),
    untilStored(run, key).then(since),
  ]);
  await untilTold(run, nth, DELAY_SECONDS + 30);
  const alerts = await alertsOf(run);
  const dueAt = Date.parse((await leadsOf(run)).get(id)?.dueAt ?? '');
  const last = Math.max(...['slack', 'email'].map((channel) => alerts.get(`${id} ${channel}`)?.[0] ?? Infinity));
  return { answered_ms: answered, raw_object_ms: stored, due_to_alert_ms: last - dueAt };
}

async function untilStored({ s3, settings }: LocalRun, key: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    try {
      await s3.send(new HeadObjectCommand({ Bucket: settings.bucket, Key: key }));
      return;
    } catch (error) {
      if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 404) throw error;
      await sleep(5);
    }
  }
  throw new Error('the delivery was not in source/ within 30 s');
}
