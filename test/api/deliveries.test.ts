import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery, DeliveryEvent } from '../../lambdas/api/schemas/delivery.ts';
import { startApi } from '../fixtures/api-world.ts';
import { TABLE } from '../fixtures/table.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
  const { saveAccount } = await import('../../lambdas/aws/account-table.ts');
  for (const [tenant, id] of [
    ['north', '1001'],
    ['south', '2002'],
  ] as const)
    await saveAccount(TABLE, { tenant, source: 'meta', id }, '2026-03-05T13:30:00.000Z');
  for (let number = 1; number <= 7; number += 1) await record(number);
  await record(8, { tenant: 'south' });
});
afterAll(() => world.table.stop());
beforeEach(() => world.stored.clear());

const time = (number: number) => `2026-03-05T13:3${number}:00.000Z`;

/** An event as `capture` notes it; its number is its minute, and every third one is broken. */
async function record(number: number, { tenant = 'north', key = `source/crm_event_lead_${number}.json` } = {}) {
  const { recordEvent } = await import('../../lambdas/aws/event-table.ts');
  const event = { id: `ev_${number}`, type: 'lead.created', leadId: `lead_${number}` };
  const from = { tenant, source: 'close', rawKey: key, mark: `${key}#1` };
  const isBroken = number % 3 === 0;
  const outcome = isBroken ? ('broken' as const) : ('done' as const);
  await recordEvent(TABLE, event, from, {
    outcome,
    ...(isBroken && { reason: 'no usable id' }),
    attempts: 2,
    at: time(number),
  });
}

const admin = (tenant = 'north') => world.as({ role: 'admin', tenant });
const list = async (query = '', tenant = 'north') => {
  const { status, body } = await admin(tenant).get(`/api/deliveries${query}`);
  return { status, events: (body.data ?? []) as DeliveryEvent[], cursor: body.cursor };
};
const idsOf = ({ events }: { events: DeliveryEvent[] }) => events.map(({ event_id }) => event_id);

describe('the deliveries of a tenant', () => {
  it('are listed event by event, the newest first, with verdict, tries and reason', async () => {
    const { events, cursor } = await list();
    expect(idsOf({ events })).toEqual(['ev_7', 'ev_6', 'ev_5', 'ev_4', 'ev_3', 'ev_2', 'ev_1']);
    expect(events[1]).toEqual({
      delivery: 'crm_event_lead_6.json',
      at: time(6),
      source: 'close',
      event: 'lead.created',
      event_id: 'ev_6',
      lead_id: 'lead_6',
      outcome: 'broken',
      reason: 'no usable id',
      attempts: 2,
      received: 1,
      run_again_at: null,
    });
    expect(cursor).toBeNull();
    expect(idsOf(await list('', 'south'))).toEqual(['ev_8']);
  });

  it('come page by page, also those of one verdict or of a time', async () => {
    const first = await list('?limit=3');
    expect(idsOf(first)).toEqual(['ev_7', 'ev_6', 'ev_5']);
    expect(idsOf(await list(`?limit=3&cursor=${first.cursor}`))).toEqual(['ev_4', 'ev_3', 'ev_2']);
    const broken = await list('?outcome=broken&limit=1');
    expect(idsOf(broken)).toEqual(['ev_6']);
    expect(idsOf(await list(`?outcome=broken&limit=1&cursor=${broken.cursor}`))).toEqual(['ev_3']);
    expect(idsOf(await list(`?from=${time(3)}&to=${time(5)}`))).toEqual(['ev_4', 'ev_3']);
    expect(idsOf(await list('?source=meta'))).toEqual([]);
  });

  it.each(['?cursor=nonsense', '?limit=0', '?outcome=fine', '?from=yesterday', '?colour=red'])(
    'are not asked for with %s',
    async (query) => expect((await list(query)).status).toBe(400),
  );

  it('are for admins', async () => {
    for (const path of ['/api/deliveries', '/api/deliveries/crm_event_a.json', '/api/dead-letters'])
      expect((await world.as({ role: 'manager' }).get(path)).status).toBe(403);
  });
});

const body = {
  event: {
    id: 'ev_1',
    date_created: '2026-03-05T13:30:00.478000',
    object_type: 'lead',
    object_id: 'lead_1',
    lead_id: 'lead_1',
    action: 'created',
    data: { display_name: 'Zoë Müller', phones: [4_930_901_820], is_hot: true },
  },
};
const store = (name: string, content: unknown, from = { source: 'close', tenant: 'north' }) =>
  world.stored.set(`source/${name}`, {
    body: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
    from: { ...from, receivedAt: time(1), origin: 'webhook' },
  });
const show = async (name: string, tenant = 'north') => {
  const { status, body: answer } = await admin(tenant).get(`/api/deliveries/${name}`);
  return { status, shown: answer.data as Delivery };
};
const reveal = async (name: string, tenant = 'north') => {
  const { status, body: answer } = await admin(tenant).post(`/api/deliveries/${name}/reveal`, {});
  return { status, shown: answer.data as Delivery };
};

describe('a delivery', () => {
  it('is shown with what became of it, and with everything covered that may tell of a person', async () => {
    store('crm_event_lead_1.json', body);
    const { shown } = await show('crm_event_lead_1.json');
    expect(shown).toMatchObject({
      name: 'crm_event_lead_1.json',
      source: 'close',
      origin: 'webhook',
      received_at: time(1),
      size: Buffer.byteLength(JSON.stringify(body)),
      events: [{ event_id: 'ev_1', outcome: 'done', attempts: 2 }],
      broken: null,
      others: 0,
      is_masked: true,
      reveals: [],
      body: {
        event: { ...body.event, data: { display_name: '•••', phones: ['•••'], is_hot: true } },
      },
    });
  });

  it('is revealed to whoever asks for it, and that is noted before they see it', async () => {
    store('crm_event_lead_2.json', body);
    const { shown } = await reveal('crm_event_lead_2.json');
    expect(shown).toMatchObject({ body, is_masked: false });
    const at = new Date(world.clock.now).toISOString();
    expect((await show('crm_event_lead_2.json')).shown.reveals).toEqual([{ by: 'Ana Diaz', at }]);
    const failing = world.serve({ noteReveal: () => Promise.reject(new Error('the table is down')) });
    const answer = await failing.as({ role: 'admin' }).post('/api/deliveries/crm_event_lead_2.json/reveal', {});
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([500, expect.not.stringContaining('Zoë')]);
  });

  it('of several tenants shows each their own part', async () => {
    const lead = (id: string, page: string) => ({
      id: page,
      time: 1,
      changes: [{ field: 'leadgen', value: { leadgen_id: id, page_id: page, form_name: `of ${page}` } }],
    });
    store('meta_event_abc.json', { object: 'page', entry: [lead('9001', '1001'), lead('9002', '2002')] }, {
      source: 'meta',
    } as never);
    const { shown } = await reveal('meta_event_abc.json');
    expect(shown).toMatchObject({ body: [lead('9001', '1001')], others: 1 });
    expect(JSON.stringify((await reveal('meta_event_abc.json', 'south')).shown)).not.toContain('9001');
  });

  it('that can not be understood is one covered text', async () => {
    store('crm_event_lead_3.json', 'Zoë Müller, not JSON');
    const { shown } = await show('crm_event_lead_3.json');
    expect(shown).toMatchObject({ body: '•••', broken: 'body is not JSON', events: [{ event_id: 'ev_3' }] });
  });

  it.each(['crm_event_nobody.json', '..%2Fsecret.json', 'crm_event_a%2Fb.json', 'secret.json'])(
    'is not there: %s',
    async (name) => expect((await show(name)).status).toBe(404),
  );
});
