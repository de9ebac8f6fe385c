import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EnrichedLead } from '../../lambdas/core/lead.ts';
import { alertsOf, atRest, told } from './alerts.ts';
import { MARKER } from './close-lead.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, metaSigned, pageOf, postDelivery } from './meta-lead.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

const read = async (Key: string) =>
  (await run.s3.send(new GetObjectCommand({ Bucket: run.settings.bucket, Key }))).Body?.transformToString() ?? '';
const enrichedOf = async (id: string) => EnrichedLead.parse(JSON.parse(await read(`target/meta_lead_${id}.json`)));
const outcomeOf = (id: string) => until(`outcome of ${id}`, async () => (await run.outcomes(id)).at(-1));

describe('the handshake', () => {
  const ask = (path: string, query: Record<string, string>) => {
    const token = run.settings.secrets.meta.verifyToken;
    const asked = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': token, ...query };
    return fetch(`${run.url}${path}?${new URLSearchParams(asked).toString()}`);
  };

  it.each(['/webhooks/meta', '/webhook', '/api/meta/webhook'])(
    'works at %s as Meta’s console does it',
    async (path) => {
      const answer = await ask(path, {});
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(await answer.text()).toBe('1158201444');
    },
  );

  it.each([
    ['another token', { 'hub.verify_token': 'another' }],
    ['an empty token', { 'hub.verify_token': '' }],
    ['a challenge that is a script', { 'hub.challenge': '<script>alert(1)</script>' }],
    ['another mode', { 'hub.mode': 'unsubscribe' }],
  ])('is refused with 403 for %s', async (_, query) => {
    const answer = await ask('/webhooks/meta', query);
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('script');
  });
});

it('gives each tenant its own leads of a delivery over two pages: all answers in target/, in its own channel, for the page’s user', async () => {
  const [north, south] = [pageOf(run, 'north'), pageOf(run, 'south')];
  await run.vendor('graph', '793235552669212', { json: { id: '793235552669212', name: 'Spring offer' } });
  const leads = [metaLead(north), metaLead(south), metaLead(north, [{ name: '¿cuándo?', values: ['mañana'] }])];
  for (const lead of leads) await atGraph(run, lead);
  const body = deliveryOf(leads);
  const answer = await postDelivery(run, body);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('EVENT_RECEIVED');
  expect(await read(`source/meta_event_${createHash('sha256').update(body).digest('hex')}.json`)).toBe(body);

  for (const [index, tenant] of ['north', 'south', 'north'].entries()) {
    const lead = leads[index] ?? metaLead('');
    const slack = await told(run, lead.id, 'slack');
    const email = await told(run, lead.id, 'email');
    expect(email.to).toBe(`sales@${tenant}.example`);
    expect(slack.to).toContain(tenant.toUpperCase());
    expect(slack.text).toContain(`New Lead Alert: ${lead.name}`);
    expect(slack.text).not.toContain('nobody yet');
    expect(slack.text).toContain('From: Meta (Instagram) · Spring offer · Spring campaign');
    expect(slack.text).toContain(`what is your budget? "${MARKER} 150k, more"`);
    expect(await enrichedOf(lead.id)).toMatchObject({
      source: 'meta',
      tenant,
      list: 'Meta Ads Leads',
      display_name: lead.name,
      lead_email: `zoe@${MARKER}.example.org`,
      phone: '+4930901820',
      company: `${MARKER} GmbH`,
      attribution: { platform: 'ig', page_id: lead.page, form: 'Spring offer', ad_id: '120212669955550254' },
      answers: expect.arrayContaining([{ question: 'what_is_your_budget?', answer: `${MARKER} 150k, more` }]),
    });
    expect(JSON.parse(await read(`details/${tenant}/meta_lead_${lead.id}.json`))).toEqual(lead.record);
  }
  const third = leads[2]?.id ?? '';
  expect((await enrichedOf(third)).answers).toContainEqual({ question: '¿cuándo?', answer: 'mañana' });
  await atRest(run);
  for (const { id } of leads) {
    expect(await alertsOf(run, id)).toHaveLength(2);
    expect(await run.outcomes(id)).toMatchObject([{ source: 'meta', event: 'page.leadgen', outcome: 'done' }]);
  }
});

it('takes a single lead at the old addresses, under its own name', async () => {
  for (const path of ['/webhook', '/api/meta/webhook']) {
    const lead = metaLead(pageOf(run, 'north'));
    await atGraph(run, lead);
    const body = deliveryOf([lead]);
    expect((await postDelivery(run, body, path)).status).toBe(200);
    expect(await read(`source/meta_event_${lead.id}.json`)).toBe(body);
    await told(run, lead.id, 'slack');
  }
});

it('takes nineteen good leads of twenty, and says what is wrong with the other', async () => {
  const page = pageOf(run, 'north');
  const leads = Array.from({ length: 19 }, () => metaLead(page));
  for (const lead of leads) await atGraph(run, lead);
  const bad = [
    { field: 'leadgen', value: { leadgen_id: '../../etc/passwd', page_id: page } },
    { field: 'feed', value: { item: 'post' } },
  ];
  expect((await postDelivery(run, deliveryOf(leads, bad))).status).toBe(200);
  for (const { id } of leads) await told(run, id, 'slack');
  const outcomes = (await run.outcomes()).filter(({ outcome }) => outcome !== 'done');
  expect(outcomes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ source: 'meta', outcome: 'broken', reason: 'no usable id' }),
      expect.objectContaining({ source: 'meta', event: 'page.feed', outcome: 'not_for_us' }),
    ]),
  );
});

it('marks a lead of Meta’s testing tool', async () => {
  const lead = metaLead(pageOf(run, 'north'));
  lead.record['field_data'] = [
    { name: 'full_name', values: ['<test lead: dummy data for full_name>'] },
    { name: 'email', values: ['test@meta.com'] },
  ];
  await atGraph(run, lead);
  await postDelivery(run, deliveryOf([lead]));
  expect((await told(run, lead.id, 'slack')).text).toContain('New Lead Alert: TEST · <test lead: dummy data');
});

describe('what is signed by nobody, or says nothing of Meta,', () => {
  const body = () => deliveryOf([metaLead(pageOf(run, 'north'))]);
  const secret = () => run.settings.secrets.meta.appSecret;
  it.each<[string, () => [string, Record<string, string>], number]>([
    ['without a signature', () => [body(), {}], 401],
    ['with another secret', () => [body(), metaSigned(body(), 'f'.repeat(32))], 401],
    ['with an empty secret', () => [body(), metaSigned(body(), '')], 401],
    ['signed but not JSON', () => ['{', metaSigned('{', secret())], 400],
    ['signed but no delivery', () => ['{"object":"page"}', metaSigned('{"object":"page"}', secret())], 400],
    ['signed and too large', () => [' '.repeat(1_100_000), metaSigned(' '.repeat(1_100_000), secret())], 413],
  ])('%s is refused', async (_, request, status) => {
    const [text, headers] = request();
    expect((await run.post('/webhooks/meta', text, headers)).status).toBe(status);
  });
});

describe('a lead that Meta does not let us read', () => {
  const failing = async (status: number, error: object, headers = {}) => {
    const lead = metaLead(pageOf(run, 'south'));
    await run.vendor('graph', lead.id, { status, headers, json: { error } });
    expect((await postDelivery(run, deliveryOf([lead]))).status).toBe(200);
    return lead;
  };

  it('for the time being is read later, and told once', async () => {
    const lead = await failing(400, { code: 4, message: 'Application request limit reached' });
    expect(await outcomeOf(lead.id)).toMatchObject({
      outcome: 'parked',
      reason: 'Failed to fetch lead details (Graph API: code 4)',
    });
    await atGraph(run, lead);
    await told(run, lead.id, 'slack');
    await told(run, lead.id, 'email');
    await atRest(run);
    expect(await alertsOf(run, lead.id)).toHaveLength(2);
    expect(await run.outcomes(lead.id)).toMatchObject([{ outcome: 'done' }]);
  });

  it('since Graph is down is read when it is up again', async () => {
    const lead = metaLead(pageOf(run, 'south'));
    await atGraph(run, lead);
    await run.fault('graph', { status: 503, body: '<html>down</html>', times: 1 });
    await postDelivery(run, deliveryOf([lead]));
    await until('waits', async () => (await run.outcomes(lead.id))[0]?.reason?.includes('Graph API: 503'));
    await told(run, lead.id, 'slack');
  });

  it('since it was deleted ends with the reason, and is told to nobody', async () => {
    const lead = await failing(400, { code: 100, error_subcode: 33, type: 'GraphMethodException' });
    const reason = 'Meta has no such lead, or does not show it (Graph API: code 100, subcode 33)';
    expect(await outcomeOf(lead.id)).toMatchObject({ outcome: 'broken', reason });
    await atRest(run);
    expect(await alertsOf(run, lead.id)).toEqual([]);
  });
});

it('keeps a lead of a page that nobody has, and counts it', async () => {
  const lead = metaLead('998877665544332');
  await atGraph(run, lead);
  expect((await postDelivery(run, deliveryOf([lead]))).status).toBe(200);
  expect(await outcomeOf(lead.id)).toMatchObject({
    outcome: 'no_route',
    reason: 'No user found for page_id: 998877665544332',
  });
  await run.s3.send(new HeadObjectCommand({ Bucket: run.settings.bucket, Key: `source/meta_event_${lead.id}.json` }));
  await until('alarm', async () =>
    (await run.alarms()).some(({ name, state }) => name.endsWith('page-of-nobody') && state === 'ALARM'),
  );
});
