import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LeadDetail } from '../../lambdas/api/schemas/lead.ts';
import { type Answer, startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
/** What the queue does instead, once. */
let faults: (() => void)[] = [];
beforeAll(async () => {
  world = await startApi((ports) => ({
    startWait: async (message) => {
      faults.shift()?.();
      return ports.startWait(message);
    },
  }));
});
afterAll(() => world.table.stop());

let key = '';
let id = '';
let count = 0;
beforeEach(() => {
  count += 1;
  key = `0190A0B0-0000-4000-8000-${String(count).padStart(12, '0')}`;
  id = `manual_0190a0b0000040008000${String(count).padStart(12, '0')}`;
  faults = [];
  world.sent.length = 0;
});

const add = (body: object, tenant = 'north') => world.as({ tenant }).post('/api/leads', { key, ...body });
const detailIn = ({ body }: Answer) => LeadDetail.parse(body.data);
const row = (tenant = 'north') => world.table.row(`${tenant}#LEAD#${id}`, 'LEAD');

describe('a lead that a person adds', () => {
  const zoe = {
    name: ' Zoë Müller ',
    email: 'zoe@example.org',
    phone: '+1 (415) 555-0100',
    company: 'Acme',
    notes: 'Met her.',
  };

  it('is a lead like any other, that nobody is told of unless they want', async () => {
    const answer = await add(zoe);
    expect(answer.status).toBe(201);
    expect(detailIn(answer)).toMatchObject({
      id,
      name: 'Zoë Müller',
      email: 'zoe@example.org',
      phone: '+1 415 555 0100',
      company: 'Acme',
      notes: 'Met her.',
      is_manual: true,
      is_test: false,
      status: 'new',
      source: 'manual',
      source_label: 'Added by hand',
      next_call: '2026-03-05',
      created_at: '2026-03-05T13:30:00.000Z',
      told_at: null,
      version: 1,
      crm: { label: 'Added by hand', link: null },
      timeline: [
        { kind: 'silent', text: 'Added without an alert' },
        { kind: 'added', text: 'Ana Diaz added this lead', by: 'Ana Diaz' },
      ],
    });
    expect(await row()).toMatchObject({ silentAt: '2026-03-05T13:30:00.000Z', isManual: true });
    expect((await row())?.['GSI3PK']).toBeUndefined();
    expect(world.sent).toEqual([
      { to: 'capture', message: { v: 1, reconsider: { tenant: 'north', lead_id: id }, by: `added ${id}` } },
    ]);
    expect(world.counted.at(-1)).toBe(id);
    const { data } = (await world.as().get('/api/leads?source=manual')).body as { data: { id: string }[] };
    expect(data.map((one) => one.id)).toContain(id);
    const found = await world.as().post('/api/leads/search', { q: 'müll' });
    expect(found.body).toMatchObject({ count: 1, data: [{ id }] });
  });

  it('is told at once where they want, by the same step as any other', async () => {
    expect((await add({ name: 'Zoë', alert: true })).status).toBe(201);
    const at = '2026-03-05T13:30:00.000Z';
    expect(world.sent).toEqual([
      { to: 'process', message: { v: 1, tenant: 'north', lead_id: id, source: 'manual', notBefore: at } },
      { to: 'capture', message: { v: 1, reconsider: { tenant: 'north', lead_id: id }, by: `added ${id}` } },
    ]);
    expect(await row()).toMatchObject({ dueAt: at, GSI3PK: 'north#DUE', queuedAt: expect.any(String) });
    expect((await row())?.['silentAt']).toBeUndefined();
  });

  it('by a second click is the same one, and told once', async () => {
    const first = await add({ name: 'Zoë', alert: true });
    world.sent.length = 0;
    const second = await add({ name: 'Zoe', alert: true });
    expect(second.status).toBe(200);
    expect(detailIn(second)).toEqual(detailIn(first));
    expect(world.sent.filter(({ to }) => to === 'process')).toEqual([]);
  });

  it('by ten clicks at once is one', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add({ name: 'Zoë' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
  });

  it('is told by the second try where the first one died before it said so', async () => {
    faults = [
      () => {
        throw new Error('SQS is down');
      },
    ];
    expect((await add({ name: 'Zoë', alert: true })).status).toBe(500);
    expect(world.sent).toEqual([]);
    expect((await add({ name: 'Zoë', alert: true })).status).toBe(200);
    expect(world.sent.map(({ to }) => to)).toEqual(['process', 'capture']);
  });

  it('with a key of another tenant’s is one of one’s own', async () => {
    await add({ name: 'Zoë' });
    expect(await add({ name: 'Other' }, 'south')).toMatchObject({ status: 201, body: { data: { name: 'Other' } } });
    expect((await row())?.['facts']).toMatchObject({ display_name: 'Zoë' });
  });

  it('that was erased does not come back', async () => {
    const { rememberErased } = await import('../../lambdas/aws/erased-table.ts');
    const erased = { tenant: 'north', source: 'manual', lead_id: id };
    await rememberErased('leads', erased, '2026-03-05T13:30:00.000Z');
    expect(await add({ name: 'Zoë' })).toMatchObject({ status: 400, body: { code: 'refused' } });
    expect(await row()).toBeUndefined();
  });

  it.each([
    ['nothing to know them by', { company: 'Acme' }],
    ['a name of spaces', { name: '   ' }],
    ['a name on two lines', { name: 'Zoë\nMüller' }],
    ['an address that is none', { email: 'zoe at example.org' }],
    ['a key that is none', { key: '../../x', name: 'Zoë' }],
    ['what is not theirs to say', { name: 'Zoë', owner: 'Ana', tenant: 'south' }],
  ])('with %s is refused', async (_, body) => {
    expect(await add(body)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect(await row()).toBeUndefined();
  });
});
