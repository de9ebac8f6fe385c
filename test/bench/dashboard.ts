import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Page } from 'playwright-core';
import { atOnce } from '../../bin/at-once.ts';
import { openBrowser, signInAs, visit } from '../e2e/browser.ts';
import { closeLead, postLead } from '../e2e/close-lead.ts';
import { type LocalRun, startLocal } from '../e2e/local-run.ts';
import type { ServedCall } from './count-calls.ts';
import { percentile, report, rounded } from './report.ts';

/** Kilobytes of script and style, compressed, before rows are painted. */
const MOST_KB = 260;
/** Seconds from the 200 of a lead until it is on the screen. */
const ON_SCREEN_WITHIN = 5;
/** How much longer a first page may take with a hundred times as many leads. */
const TIMES_LONGER = 1.3;

/** What a browser loads before it shows leads, and how long a new one takes until it is on the screen. */
export async function dashboardPage({ leads }: { leads: number }): Promise<void> {
  await using run = await startLocal();
  await using browser = await openBrowser();
  await postLead(run, closeLead('first'));
  const visitor = await visit(browser, run.url);
  const page = await signInAs(visitor, { role: 'rep', tenant: 'north' });
  await page.locator('[data-lead]').first().waitFor();
  const bytes = await loadedBytes(page);
  const seconds: number[] = [];
  for (let n = 0; n < leads; n += 1) seconds.push(await untilShown(run, page));
  const values = {
    script_and_style_kb: rounded(bytes / 1000, 1),
    leads,
    on_screen_half_s: rounded(percentile(seconds, 0.5)),
    on_screen_last_s: rounded(Math.max(...seconds)),
  };
  report('dashboard_page', values, { script_and_style_kb: MOST_KB, on_screen_last_s: ON_SCREEN_WITHIN });
}

/** Script and style that the page loads anew until its rows are painted, each file compressed by itself. */
async function loadedBytes(page: Page): Promise<number> {
  const bodies: Promise<number>[] = [];
  const note = (response: Awaited<ReturnType<Page['waitForResponse']>>) => {
    if (!/\.(js|css)$/.test(new URL(response.url()).pathname)) return;
    bodies.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  };
  page.on('response', note);
  await page.reload();
  await page.locator('[data-lead]').first().waitFor();
  page.off('response', note);
  return (await Promise.all(bodies)).reduce((sum, size) => sum + size, 0);
}

async function untilShown(run: LocalRun, page: Page): Promise<number> {
  const lead = closeLead('screen');
  await (await postLead(run, lead)).text();
  const started = performance.now();
  await page.locator(`[data-lead="${lead.id}"]`).waitFor({ timeout: 30_000 });
  return (performance.now() - started) / 1000;
}

/** What the first page of the list costs the table, and how long it takes, with few leads and with many. */
export async function firstPage({ few, many, times }: { few: number; many: number; times: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lead-relay-dashboard-'));
  const file = join(folder, 'calls.jsonl');
  try {
    const preload = `--import=${new URL('./count-calls.ts', import.meta.url).href}`;
    await using run = await startLocal({ env: { NODE_OPTIONS: preload, BENCH_CALLS_FILE: file } });
    const token = await tokenOf(run);
    await fill(run, 0, few);
    await ask(run, token, file, times);
    const small = await ask(run, token, file, times);
    await fill(run, few, many);
    const large = await ask(run, token, file, times);
    const values = {
      leads: [few, many],
      table_reads: [small.reads, large.reads],
      ms: [rounded(small.ms), rounded(large.ms)],
      reads_more: rounded(large.reads - small.reads),
      time_ratio: rounded(large.ms / small.ms),
    };
    report('dashboard_first_page_by_size', values, { reads_more: 0, time_ratio: TIMES_LONGER });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tokenOf({ url, settings }: LocalRun): Promise<string> {
  const body = JSON.stringify({ user: settings.tenants[0]?.users[2] });
  const answer = await fetch(`${url}/local/token`, { method: 'POST', body });
  return ((await answer.json()) as { token: string }).token;
}

async function ask({ url }: LocalRun, token: string, file: string, times: number) {
  const before = served(file).length;
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const started = performance.now();
    const answer = await fetch(`${url}/api/leads`, { headers: { authorization: `Bearer ${token}` } });
    const { count } = (await answer.json()) as { count: number };
    if (count !== 50) throw new Error(`a first page of ${count} leads was answered with ${answer.status}`);
    took.push(performance.now() - started);
  }
  const reads = served(file)
    .slice(before)
    .filter(({ accessKey, target }) => accessKey.includes('Api') && target.startsWith('DynamoDB'));
  return { reads: rounded(reads.length / times), ms: percentile(took, 0.5) };
}

const served = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ServedCall);

/** Leads as rows of the table, from this number to that. */
async function fill(run: LocalRun, from: number, to: number): Promise<void> {
  const table = DynamoDBDocumentClient.from(run.dynamodb);
  const rowOf = (n: number) => {
    const lead_id = `lead_bench${String(n).padStart(8, '0')}`;
    const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
    const facts = {
      display_name: `Zoë ${n}`,
      status_label: 'Potential',
      lifecycle_stage: null,
      date_created: at,
      lead_email: `zoe${n}@example.org`,
      phone: '+4930123456',
      company: null,
      funnel: null,
      utm: null,
      attribution: null,
      answers: [],
    };
    return {
      PK: `north#LEAD#${lead_id}`,
      SK: 'LEAD',
      v: 1,
      tenant: 'north',
      lead_id,
      source: 'close',
      facts,
      receivedAt: at,
      dueAt: at,
      updatedAt: at,
      rawKey: `source/crm_event_${lead_id}.json`,
      isTest: false,
      GSI1PK: 'north#LEADS',
      GSI1SK: `${at}#${lead_id}`,
      GSI2PK: 'north#CHANGES',
      GSI2SK: `${at}#${lead_id}`,
    };
  };
  const batches = Array.from({ length: Math.ceil((to - from) / 25) }, (_, n) => from + n * 25);
  await atOnce(4, batches, async (first) => {
    const rows = Array.from({ length: Math.min(25, to - first) }, (_, n) => rowOf(first + n));
    const RequestItems = { [run.settings.table]: rows.map((Item) => ({ PutRequest: { Item } })) };
    await table.send(new BatchWriteCommand({ RequestItems }));
  });
}
