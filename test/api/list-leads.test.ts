import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LeadPage } from '../../lambdas/api/schemas/lead.ts';
import { type Answer, startApi } from '../fixtures/api-world.ts';
import { noFacts } from '../fixtures/lead.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

const pageOf = ({ status, body }: Answer): LeadPage => {
  expect(status).toBe(200);
  return LeadPage.parse(body);
};
const page = async (query: string, tenant: string) => pageOf(await world.as({ tenant }).get(`/api/leads?${query}`));
const idsOf = ({ data }: LeadPage) => data.map(({ id }) => id);
/** All pages of a list, one after the other, with what happens between them. */
async function pages(query: string, tenant: string, between: () => unknown = () => undefined): Promise<LeadPage[]> {
  const all: LeadPage[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const next = await page(cursor === undefined ? query : `${query}&cursor=${cursor}`, tenant);
    all.push(next);
    cursor = next.cursor;
    await between();
  }
  return all;
}
const numbered = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => `lead_${from - index}`);

describe('a list of leads', () => {
  it('has the newest first, page by page, each lead once and none left out', async () => {
    for (let number = 1; number <= 25; number += 1) await world.lead(number, { tenant: 'paged' });
    const all = await pages('limit=10', 'paged');
    expect(all.map(({ count }) => count)).toEqual([10, 10, 5]);
    expect(all.flatMap(idsOf)).toEqual(numbered(25, 1));
  });

  it('is not shifted by leads that come in between its pages', async () => {
    for (let number = 1; number <= 20; number += 1) await world.lead(number, { tenant: 'live' });
    let number = 100;
    const all = await pages('limit=5', 'live', () => world.lead((number += 1), { tenant: 'live' }));
    expect(all.flatMap(idsOf)).toEqual(numbered(20, 1));
  });

  it('goes on where its last lead was, even if that is gone', async () => {
    for (let number = 1; number <= 4; number += 1) await world.lead(number, { tenant: 'gone' });
    const first = await page('limit=2', 'gone');
    const { deletePartition } = await import('../../lambdas/aws/lead-traces.ts');
    await deletePartition('leads', 'gone#LEAD#lead_3');
    expect(idsOf(await page(`limit=2&cursor=${first.cursor}`, 'gone'))).toEqual(['lead_2', 'lead_1']);
  });

  it('has leads that came in at the same moment in one order', async () => {
    const at = '2026-03-05T13:30:00.000Z';
    for (const id of ['a', 'c', 'b', 'd']) await world.lead(0, { tenant: 'same', id, at });
    expect((await pages('limit=1', 'same')).flatMap(idsOf)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('says of each lead what is known, and null where nothing is', async () => {
    await world.lead(1, {
      tenant: 'rows',
      id: '7701',
      source: 'meta',
      list: 'Meta Ads Leads',
      status: 'new',
      nextCallDate: '2026-03-05',
      accountOwner: { name: 'Ana  Diaz', email: null },
      facts: {
        display_name: null,
        lead_email: 'Zoe+1@example.org',
        phone: '+14155550100',
        date_created: '2026-03-05T13:29:00.000Z',
        attribution: { page: 'Acme Berlin', form: 'Spring form', ad: 'Ad 1', campaign: 'Spring' },
      },
    });
    expect((await page('', 'rows')).data).toEqual([
      {
        id: '7701',
        name: 'Meta Lead',
        email: 'Zoe+1@example.org',
        phone: '+1 415 555 0100',
        company: 'Meta Ads',
        created_at: '2026-03-05T13:29:00.000Z',
        received_at: '2026-03-05T13:30:01.000Z',
        status: 'new',
        is_manual: false,
        is_test: false,
        is_deleted: false,
        category: 'pending',
        source: 'meta',
        source_label: 'Meta',
        page: 'Acme Berlin',
        form: 'Spring form',
        ad: 'Ad 1',
        campaign: 'Spring',
        list: 'Meta Ads Leads',
        owner: 'Ana  Diaz',
        owner_key: expect.stringMatching(/^[0-9a-f]{16}$/),
        is_mine: true,
        next_call: '2026-03-05',
        first_touch_at: null,
        told_at: null,
        updated_at: '2026-03-05T13:30:01.000Z',
        version: 0,
        links: {
          phone: 'tel:+14155550100',
          whatsapp: 'https://wa.me/14155550100',
          email: 'mailto:Zoe%2B1@example.org',
        },
      },
    ]);
  });

  it('leaves out test leads and contacts that never were leads, and looks on where a page had only those', async () => {
    await world.lead(1, { tenant: 'tests' });
    for (let number = 2; number <= 9; number += 1) await world.lead(number, { tenant: 'tests', isTest: true });
    await world.leads.markDeleted('leads', { tenant: 'tests', lead_id: 'never' }, 'now', '2026-03-05T14:00:00.000Z');
    expect((await pages('limit=2', 'tests')).flatMap(idsOf)).toEqual(['lead_1']);
    expect(idsOf(await page('limit=2', 'tests'))).toEqual(['lead_1']);
    expect((await pages('test=true', 'tests')).flatMap(idsOf)).toEqual(numbered(9, 2));
  });
});

describe('a filter', () => {
  const tenant = 'filtered';
  beforeAll(async () => {
    const owner = (name: string) => ({ accountOwner: { name, email: null } });
    await world.lead(1, { tenant, source: 'hubspot', status: 'new', ...owner('Ana Diaz') });
    await world.lead(2, { tenant, list: 'Meta Ads Leads', nextCallDate: '2026-03-06' });
    await world.lead(3, { tenant, nextCallDate: '2026-03-05', ...owner('Bo Chen') });
    // One with whom people are done need not be called.
    await world.lead(4, { tenant, nextCallDate: '2026-03-05', status: 'lost' });
    await world.lead(5, { tenant, ...owner('Unassigned') });
    await world.as({ tenant }).post('/api/leads/lead_5/touches', { kind: 'called' });
  });

  it.each([
    ['source=hubspot', ['lead_1']],
    ['list=Meta%20Ads%20Leads', ['lead_2']],
    ['list=Nothing', []],
    ['status=lost', ['lead_4']],
    ['status=unheard_of', []],
    ['category=subscribed', []],
    ['category=pending', ['lead_5', 'lead_4', 'lead_3', 'lead_2', 'lead_1']],
    ['mine=true', ['lead_1']],
    ['unowned=true', ['lead_5', 'lead_4', 'lead_2']],
    ['untouched=true', ['lead_4', 'lead_3', 'lead_2', 'lead_1']],
    ['due=2026-03-05', ['lead_3']],
    ['due=2026-03-06', ['lead_3', 'lead_2']],
    ['unowned=true&untouched=true', ['lead_4', 'lead_2']],
    ['mine=true&source=close', []],
  ])('%s', async (query, expected) => {
    expect((await pages(query, tenant)).flatMap(idsOf)).toEqual(expected);
  });

  it('by the key of an owner', async () => {
    const { data } = await page('', tenant);
    const key = data.find(({ owner }) => owner === 'Bo Chen')?.owner_key;
    expect(idsOf(await page(`owner=${key}`, tenant))).toEqual(['lead_3']);
  });

  it('of days begins and ends them in the tenant’s time zone', async () => {
    // Berlin is an hour ahead of UTC in March, and two from the 29th on.
    for (const [id, at] of [
      ['before', '2026-03-28T22:59:59.999Z'],
      ['first', '2026-03-28T23:00:00.000Z'],
      ['last', '2026-03-29T21:59:59.999Z'],
      ['after', '2026-03-29T22:00:00.000Z'],
    ] as const)
      await world.lead(0, { tenant: 'north', id, at });
    expect(idsOf(await page('from=2026-03-29&to=2026-03-29', 'north'))).toEqual(['last', 'first']);
    expect((await pages('from=2026-03-29&limit=1', 'north')).flatMap(idsOf)).toEqual(['after', 'last', 'first']);
    expect((await pages('to=2026-03-29&limit=1', 'north')).flatMap(idsOf)).toEqual(['last', 'first', 'before']);
    expect(idsOf(await page('from=2026-03-30&to=2026-03-29', 'north'))).toEqual([]);
  });

  it('that leaves most leads out reads a bounded number of rows, says how far it got, and goes on there', async () => {
    const read: number[] = [];
    const rows = Array.from({ length: 5000 }, (_, index) => 5000 - index);
    const big = world.serve({
      leadsBefore: async (_, { before }, most) => {
        read.push(most);
        const behind = before ? Number(before.id.slice('lead_'.length)) : 5001;
        const left = rows.filter((number) => number < behind);
        const leads = left.slice(0, most).map((number) => ({
          tenant: 'north',
          lead_id: `lead_${number}`,
          source: number % 1000 === 0 ? 'hubspot' : 'close',
          facts: noFacts,
          receivedAt: new Date(number * 1000).toISOString(),
          dueAt: '',
          rawKey: '',
          isTest: false,
        }));
        return { leads, isEnd: left.length <= most };
      },
    });
    const first = pageOf(await big.as().get('/api/leads?source=hubspot&limit=10'));
    expect(read).toEqual([20, 400, 400, 400, 400]);
    expect(idsOf(first)).toEqual(['lead_5000', 'lead_4000']);
    expect(first.reached).toBe(new Date(3381 * 1000).toISOString());
    const found = idsOf(first);
    for (let { cursor } = first; cursor !== null;) {
      const next = pageOf(await big.as().get(`/api/leads?source=hubspot&limit=10&cursor=${cursor}`));
      found.push(...idsOf(next));
      cursor = next.cursor;
    }
    expect(found).toEqual(['lead_5000', 'lead_4000', 'lead_3000', 'lead_2000', 'lead_1000']);
  });
});

describe('what is asked wrongly', () => {
  it.each([
    ['limit=0'],
    ['limit=201'],
    ['limit=ten'],
    ['limit=1e9'],
    ['unheard=of'],
    ['from=yesterday'],
    ['from=2026-02-30'],
    ['owner=Ana'],
    ['source=manual&source=close'],
    ['mine=false'],
    ['cursor='],
    ['cursor=!!!'],
    [`cursor=${'a'.repeat(601)}`],
    ['status=__proto__'],
  ])('is refused: %s', async (query) => {
    expect(await world.as().get(`/api/leads?${query}`)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  });

  it('is a cursor of another filter, another tenant, another kind, or of nobody’s making', async () => {
    for (let number = 1; number <= 3; number += 1) await world.lead(number, { tenant: 'cursors' });
    const { cursor, since } = await page('limit=1', 'cursors');
    const written = JSON.parse(Buffer.from(String(cursor), 'base64url').toString()) as object;
    const other = (change: object) => Buffer.from(JSON.stringify({ ...written, ...change })).toString('base64url');
    const wrong: [string, string][] = [
      ['cursors', `source=close&cursor=${cursor}`],
      ['rows', `cursor=${cursor}`],
      ['cursors', `cursor=${since}`],
      ['cursors', `since=${cursor}`],
      ['cursors', `cursor=${other({ v: 2 })}`],
      ['cursors', `cursor=${other({ at: '9' })}`],
      ['cursors', `cursor=${other({ id: '#' })}`],
      ['cursors', `cursor=${other({ more: 1 })}`],
      ['cursors', `cursor=${String(cursor).slice(0, -4)}`],
      ['cursors', `cursor=${Buffer.from('null').toString('base64url')}`],
    ];
    for (const [tenant, query] of wrong) {
      const { status } = await world.as({ tenant }).get(`/api/leads?limit=1&${query}`);
      expect([query, status]).toEqual([query, 400]);
    }
    // A place that nobody was at is a place all the same.
    const { data } = await page(`limit=9&cursor=${other({ at: '2000-01-01T00:00:00.000Z' })}`, 'cursors');
    expect(data).toEqual([]);
  });
});

it('the first page costs the same reads at 20 and at 2,000 leads', async () => {
  const readsOf = async (tenant: string) => {
    world.calls.length = 0;
    expect((await page('', tenant)).count).toBeGreaterThan(19);
    return [...world.calls].sort();
  };
  const { BatchWriteCommand } = await import('@aws-sdk/lib-dynamodb');
  const fill = async (tenant: string, count: number) => {
    await world.lead(0, { tenant });
    const row = await world.table.row(`${tenant}#LEAD#lead_0`, 'LEAD');
    for (let from = 1; from < count; from += 25) {
      const items = Array.from({ length: Math.min(25, count - from) }, (_, index) => {
        const receivedAt = new Date(Date.parse('2026-03-05T13:30:00Z') + (from + index) * 1000).toISOString();
        const lead_id = `lead_${from + index}`;
        const keys = { PK: `${tenant}#LEAD#${lead_id}`, GSI1SK: `${receivedAt}#${lead_id}` };
        return { PutRequest: { Item: { ...row, ...keys, lead_id, receivedAt, GSI2SK: `${receivedAt}#${lead_id}` } } };
      });
      await world.client.send(new BatchWriteCommand({ RequestItems: { leads: items } }));
    }
  };
  await fill('few', 20);
  await fill('many', 2000);
  const few = await readsOf('few');
  expect(few).toEqual(['GetItemCommand', 'GetItemCommand', 'QueryCommand']);
  expect(await readsOf('many')).toEqual(few);
});
