import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { pageOf } from '../../lambdas/api/schemas/answer.ts';
import { LeadRow } from '../../lambdas/api/schemas/lead.ts';
import { claimsOf, startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
  const named = (number: number, id: string, display_name: string | null, lead_email: string | null = null) =>
    world.lead(number, { id, facts: { display_name, lead_email } });
  await named(1, 'zoe', 'Zoë Müller', 'Zoe.Mueller@Example.org');
  await named(2, 'anna', 'Anna-Lena  Straße');
  await named(3, 'garcia', 'María del Carmen García López');
  await named(4, 'kim', '김민준');
  await named(5, 'obrien', "Conor O'Brien");
  await named(6, 'mail', null, 'müller@example.org');
  await named(7, 'emoji', '🚀');
  await named(8, 'ivan', 'Иван Петров');
  await named(9, 'hash', 'a#b# n:e:');
  await world.lead(10, { tenant: 'south', id: 'zoe_south', facts: { display_name: 'Zoë Müller' } });
  const phone = '+14155550100';
  const called = await world.lead(11, { id: 'called', facts: { display_name: 'Nobody', phone } });
  const { rememberLead } = await import('../../lambdas/aws/person-table.ts');
  for (const tenant of ['north', 'south'])
    await rememberLead('leads', tenant, `phone:${phone}`, { ...called, lead_id: 'called' });
});
afterAll(() => world.table.stop());

const search = async (q: string, more: object = {}, tenant = 'north') => {
  const { status, body } = await world.as({ tenant }).post('/api/leads/search', { q, ...more });
  expect([q, status]).toEqual([q, 200]);
  const { data, count, cursor } = pageOf(LeadRow).parse(body);
  expect([count, cursor]).toEqual([data.length, null]);
  return data.map(({ id }) => id);
};

describe('a search', () => {
  it.each([
    ['zoe', ['zoe']],
    ['ZOË MÜ', ['zoe']],
    ['muller', ['mail', 'zoe']],
    ['müll', ['mail', 'zoe']],
    ['zoe.muel', ['zoe']],
    ['zoe.mueller@example.org', ['zoe']],
    ['lena', ['anna']],
    ['anna-lena str', ['anna']],
    ['strasse', ['anna']],
    ['carmen gar', ['garcia']],
    ['lopez', ['garcia']],
    ['garcía l', []],
    ['김미', ['kim']],
    ['brien', ['obrien']],
    ['петр', ['ivan']],
    ['b n e', ['hash']],
    ['uller', []],
    ['example', []],
    ['n:zoe', []],
    ['zoe#zoe', []],
    ['🚀🚀', []],
    ['--', []],
  ])('for the beginning of a name, of a word of it or of an address: %s', async (q, expected) => {
    expect(await search(q)).toEqual(expected);
  });

  it.each([['+1 (415) 555-0100'], ['+14155550100'], ['0014155550100']])('for a phone number: %s', async (q) => {
    expect(await search(q)).toEqual(['called']);
    // What is remembered of a lead that is not there finds nothing.
    expect(await search(q, {}, 'south')).toEqual([]);
  });

  it.each([['+1 415 555 010'], ['4155550100'], ['555']])('for a part of a number finds nothing: %s', async (q) => {
    expect(await search(q)).toEqual([]);
  });

  it('for an id finds that lead', async () => {
    expect(await search('emoji')).toEqual(['emoji']);
    expect(await search('nothing_at_all')).toEqual([]);
  });

  it('never finds another tenant’s leads', async () => {
    expect(await search('zoe', {}, 'south')).toEqual(['zoe_south']);
    expect(await search('zoe_south')).toEqual([]);
    expect(await search('zoe', {}, 'west')).toEqual([]);
  });

  it('has the newest first, and not more than asked for', async () => {
    for (let number = 1; number <= 30; number += 1)
      await world.lead(number, { tenant: 'many', facts: { display_name: `Tom ${number}` } });
    expect(await search('tom', { limit: 50 }, 'many')).toHaveLength(30);
    expect((await search('tom', { limit: 50 }, 'many')).slice(0, 2)).toEqual(['lead_30', 'lead_29']);
    expect(await search('tom', {}, 'many')).toHaveLength(20);
  });

  it('leaves nothing of what was looked for in an address or a log', async () => {
    await search('zoe');
    expect(JSON.stringify(world.lines)).not.toContain('zoe');
    expect(await world.ask('GET', '/api/leads/search?q=zoe', undefined, claimsOf())).toMatchObject({ status: 404 });
  });

  it('reads a bounded number of times', async () => {
    world.calls.length = 0;
    await search('tom', { limit: 50 }, 'many');
    expect([...world.calls].sort()).toEqual([
      'BatchGetItemCommand',
      'GetItemCommand',
      'GetItemCommand',
      'QueryCommand',
      'QueryCommand',
    ]);
  });
});

describe('what a lead is found by', () => {
  const termsOf = async (id: string) => {
    const { rowsIn } = await import('../../lambdas/aws/partition.ts');
    const rows = await rowsIn<{ SK: string; GSI4SK?: string }>('leads', `north#LEAD#${id}`);
    return rows.flatMap(({ GSI4SK }) => GSI4SK ?? []);
  };
  const rename = async (id: string, display_name: string, at: string) =>
    world.leads.saveLead(
      'leads',
      { tenant: 'north', lead_id: id, source: 'close', facts: { ...(await facts()), display_name }, asOf: at },
      at,
    );
  const facts = async () => (await import('../fixtures/lead.ts')).noFacts;

  it('follows its name: a shorter one leaves nothing behind', async () => {
    await world.lead(1, {
      id: 'renamed',
      facts: { display_name: 'Eva Maria Anna Klein', lead_email: 'e@example.org' },
    });
    expect(await termsOf('renamed')).toEqual([
      'n:eva maria anna klein#renamed',
      'n:maria anna klein#renamed',
      'n:anna klein#renamed',
      'n:klein#renamed',
      'e:e@example.org#renamed',
    ]);
    await rename('renamed', 'Eva Groß', '2026-03-06T00:00:00.000Z');
    expect(await termsOf('renamed')).toEqual(['n:eva gross#renamed', 'n:gross#renamed']);
    expect(await search('klein')).toEqual([]);
    expect(await search('gross')).toEqual(['renamed']);
  });

  it('is five terms at most, however long the name is', async () => {
    const display_name = `one two three ${'very '.repeat(500)}long`;
    await world.lead(1, { id: 'long', facts: { display_name, lead_email: `${'a'.repeat(300)}@example.org` } });
    const terms = await termsOf('long');
    expect(terms).toHaveLength(5);
    expect(Math.max(...terms.map((term) => term.length))).toBeLessThan(100);
    expect(await search('two three very')).toEqual(['long']);
    expect(await search('long')).toEqual(['long']);
  });

  it('is written once, and again only where it changed or a crash left it out', async () => {
    await world.lead(1, { id: 'again', facts: { display_name: 'Iris West' } });
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    await world.client.send(new DeleteCommand({ TableName: 'leads', Key: { PK: 'north#LEAD#again', SK: 'FIND#0' } }));
    world.calls.length = 0;
    await world.lead(1, { id: 'again', facts: { display_name: 'Iris West' }, at: '2026-03-06T00:00:00.000Z' });
    expect(world.calls).toEqual(['UpdateItemCommand', 'QueryCommand', 'PutItemCommand']);
    expect(await termsOf('again')).toEqual(['n:iris west#again', 'n:west#again']);
    world.calls.length = 0;
    await world.lead(1, { id: 'again', facts: { display_name: 'Iris West' }, at: '2026-03-07T00:00:00.000Z' });
    expect(world.calls).toEqual(['UpdateItemCommand', 'QueryCommand']);
  });

  it('has what an owner directory added', async () => {
    await world.lead(1, { id: 'looked', facts: { display_name: 'Lou Reed' } });
    const { enrichedLead } = await import('../fixtures/lead.ts');
    const enriched = { ...enrichedLead, lead_id: 'looked', lead_email: 'lou@example.org' };
    await world.leads.markLookedUp('leads', enriched, [], '2026-03-06T00:00:00.000Z');
    expect(await search('lou@exa')).toEqual(['looked']);
  });

  it('stays that of the later state, whoever writes last', async () => {
    const late = await world.lead(1, { id: 'raced', facts: { display_name: 'Old Name' } });
    await rename('raced', 'New Name', '2026-03-06T00:00:00.000Z');
    const { saveTerms } = await import('../../lambdas/aws/find-table.ts');
    await saveTerms('leads', late);
    expect(await search('new name')).toEqual(['raced']);
    expect(await search('old name')).toEqual([]);
  });

  it('goes with the lead when its person is forgotten', async () => {
    await world.lead(1, { id: 'forgotten', facts: { display_name: 'Gone Girl' } });
    await world.as().post('/api/leads/forgotten/touches', { kind: 'called' });
    const { tracesOf, deleteRow } = await import('../../lambdas/aws/lead-traces.ts');
    const { rows } = await tracesOf('leads', { tenant: 'north', lead_id: 'forgotten' });
    expect(rows.map(({ SK }) => SK)).toEqual(['ACTION#00000001', 'FIND#0', 'FIND#1', 'LEAD']);
    for (const row of rows) await deleteRow('leads', row);
    expect(await search('gone girl')).toEqual([]);
    expect(await world.as().patch('/api/leads/forgotten', { version: 1, status: 'won' })).toMatchObject({
      status: 404,
    });
    expect((await tracesOf('leads', { tenant: 'north', lead_id: 'forgotten' })).rows).toEqual([]);
  });
});

it('an odd search breaks nothing', async () => {
  for (const q of ['\u0000\u0000', '\ud800\ud800', '%%', '""', '{"$ne":1}', 'ﷺﷺﷺﷺ'.repeat(20), '__proto__'])
    expect(z.array(z.string()).parse(await search(q))).toBeDefined();
});
