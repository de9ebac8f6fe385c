import { readFileSync } from 'node:fs';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { closeLeads } from '../../bin/close/leads.ts';
import { pythonJson } from '../../bin/close/python-json.ts';
import { signedHeaders as signedByHubspot } from '../../bin/hubspot/signature.ts';
import { escapedJson } from '../../bin/meta/delivery.ts';
import { serve } from '../fixtures/http-server.ts';
import { type CommandResult, runCommand } from './command.ts';
import { portalOf } from './hubspot-contact.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { pageOf } from './meta-lead.ts';

const stackTrace = /\n\s+at /;

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await run.stop();
});

const send = (...args: string[]): Promise<CommandResult> => runCommand('send', { args, run });
const alerts = async (channel: string) => (await run.inbox()).filter((message) => message.channel === channel);

describe('npm run send -- close', () => {
  beforeEach(() => run.clearInbox());

  it('shows each stage that a sample lead passes, and ends well', async () => {
    const { code, said } = await send('close');
    const stages = ['answered', 'stored', 'captured', 'due', 'looked up', 'enriched', 'told Slack', 'told e-mail'];
    for (const stage of stages) expect(said).toContain(`  ${stage} `);
    expect(said).toContain('byte for byte');
    expect(code).toBe(0);
  });

  it('gives the sample an owner, whom the alert names', async () => {
    const { said } = await send('close');
    const owner = /owner (.+) \(in the lookup bucket\)/.exec(said)?.[1] ?? 'nobody';
    const [alert] = await alerts('slack');
    expect(alert?.text).toContain(owner);
  });

  it('marks the sample as a test where it is asked to', async () => {
    await send('close', '--test');
    const [slack] = await alerts('slack');
    const [email] = await alerts('email');
    expect(slack?.text).toContain('TEST');
    expect(email?.text).toContain('TEST');
  });

  it('counts many leads instead of naming each stage of each, and leaves some without an owner', async () => {
    const { code, said } = await send('close', '--count', '12');
    expect(said).toContain('9 of them have an owner');
    expect(said).toMatch(/answered 12, .*told Slack 12/);
    expect(code).toBe(0);
    const texts = (await alerts('slack')).map(({ text }) => text);
    expect(texts).toHaveLength(12);
    expect(texts.filter((text) => text.includes('nobody yet'))).toHaveLength(3);
  });

  it('sends as another tenant where it is asked to', async () => {
    const { said } = await send('close', '--tenant', 'south');
    expect(said).toContain('tenant south');
    const [alert] = await alerts('email');
    expect(alert?.to).toBe('sales@south.example');
  });

  it('finds a local run by its address', async () => {
    const args = ['close', '--to', `${run.url}/crm/webhook`];
    const { code, said } = await runCommand('send', { args, run });
    expect(said).toContain(`${run.url}/crm/webhook`);
    expect(code).toBe(0);
  });

  it('says what did not happen and where to look when no alert comes', async () => {
    await run.fault('slack', { status: 500 });
    const { code, said } = await send('close', '--patience', '3');
    await run.endFault('slack');
    expect(said).toContain('captured and not told');
    expect(said).toContain('docs/runbook.md#due-and-not-told');
    expect(said).toContain('Slack answered 500');
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });

  it('says why when a lead is not taken', async () => {
    await run.fault('webhooks', { status: 503, times: 1 });
    const { code, said } = await send('close');
    expect(said).toContain('answered 503');
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });
});

describe('npm run send -- meta', () => {
  beforeEach(() => run.clearInbox());
  /** Alerts of Close's leads may still come late, after a fault of Slack. */
  const metaAlerts = async () => (await alerts('slack')).filter(({ lead_id }) => /^\d+$/.test(lead_id ?? ''));

  it('shows each stage that a sample lead passes, and whom the alert names', async () => {
    const { code, said } = await send('meta');
    const stages = ['answered', 'stored', 'captured', 'due', 'looked up', 'enriched', 'told Slack', 'told e-mail'];
    for (const stage of stages) expect(said).toContain(`  ${stage} `);
    expect(said).toMatch(/byte for byte as source\/meta_event_\d+\.json/);
    expect(said).toContain('owner Frauke Lindner (the user of its page)');
    expect(code).toBe(0);
    const [alert] = await metaAlerts();
    expect(alert?.text).toContain('Owner: Frauke Lindner');
    expect(alert?.text).toContain('From: Meta (Facebook) · Spring offer / demo for teams · Spring 2026');
  });

  it('sends many leads in few deliveries, each told once', async () => {
    const { code, said } = await send('meta', '--count', '12', '--batch', '5', '--tenant', 'south');
    expect(said).toContain('12 of them have an owner');
    expect(said).toMatch(/answered 12, .*told Slack 12/);
    expect(code).toBe(0);
    const told = await metaAlerts();
    expect(new Set(told.map(({ lead_id }) => lead_id)).size).toBe(12);
    expect(told).toHaveLength(12);
    const keys = await Promise.all(told.map(async ({ lead_id }) => (await leadOf(run, 'meta', lead_id))['raw_key']));
    expect(new Set(keys).size).toBe(3);
  });

  it('has a test bring its answers along, so that Meta is not asked', async () => {
    await run.fault('graph', { status: 500 });
    const { code, said } = await send('meta', '--test');
    await run.endFault('graph');
    expect(said).toContain('told Slack');
    expect(code).toBe(0);
    const [alert] = await metaAlerts();
    expect(alert?.text).toContain('TEST');
    expect(alert?.text).toContain('Spring offer / demo for teams');
  });

  it('writes phone numbers with their country, whether they came with one or not', async () => {
    const { said } = await send('meta', '--count', '2');
    const ids = [...said.matchAll(/, (\d{16}), owner/g)].map(([, id = '']) => id);
    const phones = await Promise.all(ids.map(async (id) => (await leadOf(run, 'meta', id))['phone']));
    expect(phones).toEqual(phones.map(() => expect.stringMatching(/^\+493023125\d{3}$/)));
    expect(phones).toHaveLength(2);
  });

  it('says what a lead waits for that Meta does not let us read', async () => {
    await run.fault('graph', { status: 500 });
    const { code, said } = await send('meta', '--patience', '3');
    await run.endFault('graph');
    expect(said).toContain('not told: parked: Failed to fetch lead details');
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });

  it('sends no invented lead to a deployed stage, which would ask Meta for it', async () => {
    const env = await deployed(run);
    const { code, said } = await runCommand('send', {
      args: ['meta', '--to', 'https://hooks.example.org/local'],
      run,
      env,
    });
    expect(said).toContain('Add --test');
    expect(said).toContain('https://developers.facebook.com/tools/lead-ads-testing');
    expect(code).toBe(1);
  });

  it('says that a tenant without a page can not bring leads', async () => {
    const page = pageOf(run, 'south');
    await runCommand('pages', { args: ['remove', page, '--tenant', 'south'], run });
    const { code, said } = await send('meta', '--tenant', 'south');
    expect(said).toContain('The tenant south has no page yet: npm run pages -- add gives it one.');
    expect(code).toBe(1);
  });
});

describe('npm run send -- hubspot', () => {
  /** Sent meanwhile: a digest takes its time. */
  let imported: Promise<CommandResult>;
  beforeAll(() => {
    imported = send('hubspot', '--import', '--count', '3', '--batch', '3');
  });
  beforeEach(() => run.clearInbox());
  const hubspotAlerts = async () => (await alerts('slack')).filter(({ lead_id }) => /^\d+_\d+$/.test(lead_id ?? ''));

  it('shows each stage that a sample lead passes, and whom the alert names', async () => {
    const { code, said } = await send('hubspot');
    const stages = ['answered', 'stored', 'captured', 'due', 'looked up', 'enriched', 'told Slack', 'told e-mail'];
    for (const stage of stages) expect(said).toContain(`  ${stage} `);
    expect(said).toMatch(/byte for byte as source\/hubspot_event_[0-9a-f]{64}\.json/);
    const [, owner = 'nobody'] = /owner (.+) \(named by HubSpot\)/.exec(said) ?? [];
    expect(code).toBe(0);
    const [alert] = await hubspotAlerts();
    expect(alert?.text).toContain(`Owner: ${owner}`);
    expect(alert?.text).toContain('From: HubSpot');
  });

  it('sends many leads in few deliveries, each told once', async () => {
    const { code, said } = await send('hubspot', '--count', '12', '--batch', '5', '--tenant', 'south');
    expect(said).toContain('9 of them have an owner');
    expect(said).toMatch(/answered 12, .*told Slack 12/);
    expect(code).toBe(0);
    const told = await hubspotAlerts();
    expect(new Set(told.map(({ lead_id }) => lead_id)).size).toBe(12);
    expect(told).toHaveLength(12);
    const keys = await Promise.all(told.map(async ({ lead_id }) => (await leadOf(run, 'hubspot', lead_id))['raw_key']));
    expect(new Set(keys).size).toBe(3);
  });

  it('has a test bring its contact along, which HubSpot does not know', async () => {
    const { code, said } = await send('hubspot', '--test');
    const [, name = '', contact = ''] = /^ {2}(.+), \d+_(\d+), without an owner$/m.exec(said) ?? [];
    expect(said).toContain('told Slack');
    expect(code).toBe(0);
    expect((await fetch(`${run.url}/local/vendors/hubspot/crm/v3/objects/contacts/${contact}`)).status).toBe(404);
    const [alert] = await hubspotAlerts();
    expect(alert?.text).toContain('TEST');
    expect(alert?.text).toContain(name);
  });

  it('follows leads of an import to the digest in which people are told of all of them', async () => {
    const { code, said } = await imported;
    expect(said).toMatch(/Slack digest 3/);
    expect(said).toMatch(/told Slack 3/);
    expect(code).toBe(0);
    const ids = [...said.matchAll(/, (\d+_\d+), /g)].map(([, id]) => id);
    expect(ids).toHaveLength(3);
    expect((await run.inbox()).filter(({ lead_id }) => ids.includes(lead_id ?? ''))).toEqual([]);
  });

  it('sends no invented contact to a deployed stage, which would ask HubSpot for it', async () => {
    const args = ['hubspot', '--to', 'https://hooks.example.org/local'];
    const { code, said } = await runCommand('send', { args, run, env: await deployed(run) });
    expect(said).toContain('HubSpot does not know invented ones. Add --test');
    expect(code).toBe(1);
  });

  it('says that a tenant without a portal can not bring leads', async () => {
    await runCommand('portals', { args: ['remove', portalOf(run, 'south'), '--tenant', 'south'], run });
    const { code, said } = await send('hubspot', '--tenant', 'south');
    expect(said).toContain('The tenant south has no portal yet: npm run portals -- add gives it one.');
    expect(code).toBe(1);
  });
});

/** Variables with which the stage `local` is found as if it were deployed: the run's stores, described by CloudFormation. */
async function deployed({ settings: { bucket, table } }: LocalRun): Promise<Record<string, string>> {
  const queues = [
    'CaptureQueue',
    'CaptureBulkQueue',
    'EraseQueue',
    'CaptureDeadLetters',
    'OwnerDeadLetters',
    'EraseDeadLetters',
  ];
  const outputs = {
    WebhookUrl: 'https://x/{source}',
    BucketName: bucket,
    TableName: table,
    ...Object.fromEntries(queues.map((queue) => [`${queue}Url`, 'https://x'])),
  };
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const stack = `<Stacks><member><Outputs>${members.join('')}</Outputs></member></Stacks>`;
  const AWS_ENDPOINT_URL_CLOUDFORMATION = await serve((_, response) =>
    response.end(
      `<DescribeStacksResponse><DescribeStacksResult>${stack}</DescribeStacksResult></DescribeStacksResponse>`,
    ),
  );
  const access = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'operator', AWS_SECRET_ACCESS_KEY: 'local' };
  return { AWS_ENDPOINT_URL_CLOUDFORMATION, ...access };
}

describe('what npm run send does not understand', () => {
  it.each([
    [['close', '--colour', 'red'], "Unknown option '--colour'"],
    [['close', '--count', 'many'], '--count is "many"'],
    [['close', '--tenant', 'west'], 'There is no tenant "west"; the stage has north, south.'],
    [['close', '--stage', 'moon'], 'There is no stage moon in cdk.json.'],
    [['close', '--to', 'nowhere'], '"nowhere" is not a URL'],
    [['close', '--batch', '2'], '--batch is for meta and hubspot: Close sends one lead at a time.'],
    [['meta', '--batch', '1001'], '--batch is "1001"; it must be a whole number from 1 to 1000.'],
    [['meta', '--tenant', 'west'], 'There is no tenant "west"'],
    [['hubspot', '--batch', '101'], '--batch is "101"; it must be a whole number from 1 to 100.'],
    [['meta', '--import'], '--import is for hubspot.'],
    [['salesforce'], 'There is no source "salesforce"'],
    [[], 'Which source? This version knows close, meta and hubspot.'],
  ])('%j is answered with a sentence', async (args, sentence) => {
    const { code, said } = await send(...args);
    expect(said).toContain(sentence);
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });

  it('says that nothing runs where nothing runs', async () => {
    const { code, said } = await runCommand('send', { args: ['close'] });
    expect(said).toContain('Nothing runs at http://127.0.0.1:1. Start it with npm start');
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });
});

/** The names of an event's fields and of its lead's, without the custom ones, which differ from lead to lead. */
function fieldsOf(delivery: string): string[][] {
  const { event } = JSON.parse(delivery) as { event: { data: object } };
  const ofLead = Object.keys(event.data).filter((name) => !name.startsWith('custom.'));
  return [Object.keys(event).toSorted(), ofLead.toSorted()];
}

/** The lead as `target/` holds it. */
async function leadOf({ s3, settings: { bucket } }: LocalRun, source: string, id: string | null) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: `target/${source}_lead_${id}.json` }));
  return JSON.parse((await Body?.transformToString()) ?? '') as Record<string, unknown>;
}

describe('a sample lead', () => {
  it('has the fields that Close sends', () => {
    const real = readFileSync(new URL('../fixtures/close/deliveries/lead-created.json', import.meta.url), 'utf8');
    const [sample] = closeLeads({ count: 1, funnelField: 'cf_funnel', tenant: 'north' });
    expect(fieldsOf(sample?.body.toString() ?? '')).toEqual(fieldsOf(real));
  });

  it('is written with the separators of Python, as Close writes', () => {
    expect(pythonJson({ name: 'Zoë 🌱', tags: ['a', null, true, 1.5], none: {} })).toBe(
      String.raw`{"name": "Zo\u00eb \ud83c\udf31", "tags": ["a", null, true, 1.5], "none": {}}`,
    );
  });

  it('of HubSpot is signed as HubSpot signs: over method and address, and beside it over the body alone', () => {
    const body = Buffer.from(
      '[{"eventId":1030198139,"subscriptionId":4578255,"portalId":242711451,"appId":19635961,"occurredAt":1769081993375,"subscriptionType":"deal.creation","attemptNumber":0,"objectId":267448862446,"changeFlag":"CREATED","changeSource":"CRM_UI","sourceId":"userId:52530071"}]',
    );
    const url = 'https://abcdefghij.execute-api.us-east-1.amazonaws.com/prod/webhooks/hubspot';
    expect(signedByHubspot(body, 'test-client-secret', 1_769_081_994_066, url)).toMatchObject({
      'X-HubSpot-Request-Timestamp': '1769081994066',
      'X-HubSpot-Signature-v3': 'nSdiTQK5mo3p0V4qKOXmLpa/a5KUPwrK9IWR/FT7BiE=',
    });
  });

  it('of Meta is escaped as Meta writes and signs it', () => {
    expect(escapedJson({ name: 'Zoë 🌱', link: 'https://example.org/' })).toBe(
      String.raw`{"name":"Zo\u00eb \ud83c\udf31","link":"https:\/\/example.org\/"}`,
    );
  });
});
