import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { atOnce } from '../../bin/at-once.ts';
import { closeLead, postLead } from '../e2e/close-lead.ts';
import {
  atHubspot,
  changed,
  type Contact,
  hubspotContact,
  hubspotEvent,
  portalOf,
  postEvents,
} from '../e2e/hubspot-contact.ts';
import { type LocalRun, startLocal } from '../e2e/local-run.ts';
import { until } from '../e2e/until.ts';
import type { ServedCall } from './count-calls.ts';
import { startFloor } from './floor.ts';
import { percentile, report, rounded } from './report.ts';
import { leadsOf } from './table-rows.ts';

const DELAY_SECONDS = 3;
/** Milliseconds for the 200 of a delivery of 100 events, and how many puts that is. */
const ANSWERED_WITHIN = 1000;
const BATCH = 100;
/** Messages that an import may be, on both channels, and seconds that a single lead may be told behind its time meanwhile. */
const HANDFUL = 30;
const TOLD_BEHIND = 20;
/** How much longer an event may take with a hundred times as many contacts: these machines are noisy. */
const TIMES_LONGER = 2;
const PUTS_AT_ONCE = 20;

/** A delivery as large as HubSpot sends: how long its answer takes, and how many objects it makes. */
export async function hubspotDelivery(): Promise<void> {
  await using run = await startLocal({ env: { DELAY_SECONDS: String(DELAY_SECONDS) } });
  await using floor = await startFloor();
  const events = newContacts(run, BATCH).map((contact) => changed(contact, 'firstname', 'Zoë'));
  await (await postEvents(run, events.slice(0, 1))).text();
  const before = await deliveriesIn(run);
  const body = JSON.stringify(events);
  const post = () => fetch(floor.url, { method: 'POST', body }).then((answer) => answer.text());
  // The first one pays for the connection, as the first event did.
  await post();
  const bare = await timed(post);
  const answered = await timed(() => postEvents(run, events).then((answer) => answer.text()));
  const values = {
    events: BATCH,
    bytes: body.length,
    answered_ms: rounded(answered),
    answered_to_floor: rounded(answered / bare),
    objects: (await deliveriesIn(run)) - before,
  };
  report('hubspot_delivery', values, { answered_ms: ANSWERED_WITHIN, objects: 1 });
}

/** What one event costs the table, and how long it takes, with few contacts and with many. */
export async function hubspotCapture({
  few,
  many,
  events,
}: {
  few: number;
  many: number;
  events: number;
}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lead-relay-hubspot-'));
  const file = join(folder, 'calls.jsonl');
  try {
    const preload = `--import=${new URL('./count-calls.ts', import.meta.url).href}`;
    await using run = await startLocal({ env: { NODE_OPTIONS: preload, BENCH_CALLS_FILE: file } });
    await fill(run, 0, few);
    await capture(run, file, events);
    const small = await capture(run, file, events);
    await fill(run, few, many);
    const large = await capture(run, file, events);
    const values = {
      contacts: [few, many],
      table_calls: [small.calls, large.calls],
      ms: [rounded(small.ms), rounded(large.ms)],
      calls_more: rounded(large.calls - small.calls),
      time_ratio: rounded(large.ms / small.ms),
    };
    report('hubspot_capture_by_size', values, { calls_more: 0, time_ratio: TIMES_LONGER });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An import with a single lead of Close in its middle: how many messages people get, and when that one is told. */
export async function hubspotImport({ count }: { count: number }): Promise<void> {
  await using run = await startLocal({ env: { DELAY_SECONDS: String(DELAY_SECONDS) } });
  const contacts = newContacts(run, count);
  await atOnce(PUTS_AT_ONCE, contacts, (contact) => atHubspot(run, contact));
  const live = closeLead('live');
  const started = performance.now();
  for (let from = 0; from < count; from += BATCH) {
    const batch = contacts.slice(from, from + BATCH);
    const answer = await postEvents(
      run,
      batch.map((contact) => hubspotEvent(contact, 'contact.creation', { changeSource: 'IMPORT' })),
    );
    await answer.text();
    if (from <= count / 2 && count / 2 < from + BATCH) await postLead(run, live);
  }
  const posted = performance.now() - started;
  const waited = await timed(() =>
    until('the live lead told', async () => (await leadsOf(run)).get(live.id)?.toldAt !== undefined, 600),
  );
  const { receivedAt = '', toldAt = '' } = (await leadsOf(run)).get(live.id) ?? {};
  await until(
    'all told',
    async () => {
      const leads = await leadsOf(run);
      return contacts.every(({ leadId }) => leads.get(leadId)?.toldAt !== undefined);
    },
    1800,
  );
  const took = performance.now() - started;
  const messages = (await run.inbox()).filter(
    ({ channel, lead_id }) => channel !== 'topic' && channel !== 'alarm' && lead_id !== live.id,
  );
  const alone = messages.filter(({ lead_id }) => !lead_id?.startsWith('digest_'));
  const values = {
    contacts: count,
    posted_s: rounded(posted / 1000),
    messages: messages.length,
    told_alone: alone.length,
    live_lead_told_behind_s: rounded((Date.parse(toldAt) - Date.parse(receivedAt)) / 1000 - DELAY_SECONDS),
    live_lead_waited_s: rounded(waited / 1000),
    all_told_s: rounded(took / 1000),
  };
  report('hubspot_import', values, { messages: HANDFUL, told_alone: 0, live_lead_told_behind_s: TOLD_BEHIND });
}

const newContacts = (run: LocalRun, count: number): Contact[] => {
  const portal = portalOf(run, 'north');
  return Array.from({ length: count }, (_, n) => hubspotContact(portal, {}, { id: String(40_000_000_000 + n) }));
};

/** Contacts that are leads, as rows of the table, from this number to that. */
async function fill(run: LocalRun, from: number, to: number): Promise<void> {
  const table = DynamoDBDocumentClient.from(run.dynamodb);
  const portal = portalOf(run, 'north');
  const at = '2026-03-05T13:30:00.000Z';
  const rowsOf = (n: number) => {
    const lead_id = `${portal}_${50_000_000_000 + n}`;
    const PK = `north#LEAD#${lead_id}`;
    const properties = {
      email: { value: `zoe${n}@example.org`, at: 1, by: 'a' },
      firstname: { value: 'Zoë', at: 1, by: 'a' },
    };
    return [
      { PK, SK: 'CONTACT', v: 1, tenant: 'north', lead_id, version: 1, properties },
      {
        PK,
        SK: 'LEAD',
        v: 1,
        tenant: 'north',
        lead_id,
        source: 'hubspot',
        receivedAt: at,
        GSI1PK: 'north#LEADS',
        GSI1SK: `${at}#${lead_id}`,
        GSI2PK: 'north#CHANGES',
        GSI2SK: `${at}#${lead_id}`,
      },
    ];
  };
  const batches = Array.from({ length: Math.ceil((to - from) / 10) }, (_, n) => from + n * 10);
  await atOnce(4, batches, async (first) => {
    const rows = Array.from({ length: Math.min(10, to - first) }, (_, n) => rowsOf(first + n)).flat();
    const RequestItems = { [run.settings.table]: rows.map((Item) => ({ PutRequest: { Item } })) };
    await table.send(new BatchWriteCommand({ RequestItems }));
  });
}

/** Changes of contacts, one after the other: the calls of the table that capture made for each, and half of them took no longer than this. */
async function capture(run: LocalRun, file: string, events: number): Promise<{ calls: number; ms: number }> {
  const servedBefore = served(file).length;
  const loggedBefore = run.functionLog().length;
  const portal = portalOf(run, 'north');
  const done = () =>
    run
      .functionLog()
      .slice(loggedBefore)
      .split('\n')
      .filter((line) => line.includes('"step":"capture"'))
      .map((line) => (JSON.parse(line) as { log: { ms: number } }).log.ms);
  for (let n = 0; n < events; n += 1) {
    const contact = hubspotContact(portal, {}, { id: String(50_000_000_000 + n) });
    await (await postEvents(run, [changed(contact, 'jobtitle', `CTO ${n}`)])).text();
    await until('captured', async () => done().length > n);
  }
  const calls = served(file)
    .slice(servedBefore)
    .filter(({ accessKey, target }) => accessKey.includes('CaptureFunction') && target.startsWith('DynamoDB'));
  return { calls: rounded(calls.length / events), ms: percentile(done(), 0.5) };
}

const served = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ServedCall);

async function deliveriesIn({ s3, settings }: LocalRun): Promise<number> {
  const { KeyCount = 0 } = await s3.send(
    new ListObjectsV2Command({ Bucket: settings.bucket, Prefix: 'source/hubspot' }),
  );
  return KeyCount;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
