import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../local/synth.ts';
import { comesBackSoon, sendWithDyingWorkers } from '../e2e/dying-workers.ts';
import { startLocal, type LocalRun } from '../e2e/local-run.ts';
import { atGraph, deliveryOf, metaLead, metaSigned, pageOf, postDelivery, type MetaLead } from '../e2e/meta-lead.ts';
import { until } from '../e2e/until.ts';
import { startFloor } from './floor.ts';
import { report, rounded } from './report.ts';
import { leadsOf } from './table-rows.ts';

/** Milliseconds for the 200 of a delivery of 1,000 changes, seconds until all its leads are captured, and until a single one is. */
const ANSWERED_WITHIN = 1000;
const CAPTURED_WITHIN = 60;
const THERE_WITHIN = 5;
/** What capture reads at once at the vendor: its concurrency times what a message works on at once. */
const READ_AT_ONCE = 40;

/** One delivery of many leads of one page: how long its answer takes, and how long until each of them is captured. */
export async function metaDelivery({ count }: { count: number }): Promise<void> {
  await using run = await startLocal();
  await using floor = await startFloor();
  const single = await secondsUntilThere(run);
  const leads = Array.from({ length: count }, () => metaLead(pageOf(run, 'north')));
  for (const lead of leads) await atGraph(run, lead);
  const body = deliveryOf(leads);
  const floorAnswered = await timed(() => fetch(floor.url, { method: 'POST', body }).then((answer) => answer.text()));
  const floorRead = await timed(() => readAll(run, leads));
  const answered = await timed(() => postDelivery(run, body).then((answer) => answer.text()));
  const captured = await timed(() =>
    until('all captured', async () => (await leadsOf(run)).size > count, 3 * CAPTURED_WITHIN),
  );
  const values = {
    leads: count,
    bytes: body.length,
    answered_ms: rounded(answered),
    answered_to_floor: rounded(answered / floorAnswered),
    captured_s: rounded(captured / 1000),
    captured_to_floor: rounded(captured / floorRead),
    single_lead_there_s: rounded(single),
  };
  report('meta_delivery', values, {
    answered_ms: ANSWERED_WITHIN,
    captured_s: CAPTURED_WITHIN,
    single_lead_there_s: THERE_WITHIN,
  });
}

/** As the tests have it: a short wait, and a time-out that ends before a message comes back. */
const settings = {
  delaySeconds: 3,
  timeoutSeconds: 8,
  maxPace: undefined,
  maxAlertsPerMinute: undefined,
  port: 0,
  awsPort: 0,
  cdkOut: undefined,
};

/** The same while workers die. */
export async function metaWithDyingWorkers(size: { leads: number; crashes: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lead-relay-dying-'));
  try {
    const assembly = await synthesize({ ...settings, dataDir: folder });
    await using run = await startLocal({ assembly, edit: comesBackSoon });
    const { status, ...values } = await sendWithDyingWorkers(run, size);
    const limits = { missing: 0, repeated: values.deaths, deadLetters: 0 };
    report('meta_with_dying_workers', { ...size, status, ...values }, limits);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the post to the row in the table, which is before the wait. */
async function secondsUntilThere(run: LocalRun): Promise<number> {
  const lead = metaLead(pageOf(run, 'north'));
  await atGraph(run, lead);
  const body = deliveryOf([lead]);
  await run.post('/webhooks/meta', body, metaSigned(body, run.settings.secrets.meta.appSecret));
  const waited = await timed(() => until('there', async () => (await leadsOf(run)).has(lead.id)));
  return waited / 1000;
}

/** Every record read from the stand-in with as many calls at once as capture may make. */
async function readAll(run: LocalRun, leads: MetaLead[]): Promise<void> {
  const rest = [...leads];
  const next = async () => {
    for (let lead = rest.pop(); lead; lead = rest.pop())
      await (await fetch(`${run.url}/local/vendors/graph/${lead.id}`)).text();
  };
  await Promise.all(Array.from({ length: READ_AT_ONCE }, next));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
