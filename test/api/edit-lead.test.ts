import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LeadDetail } from '../../lambdas/api/schemas/lead.ts';
import { type Answer, type Person, startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
/** What the ports of the API do instead, once. */
let faults: (() => void)[] = [];
beforeAll(async () => {
  world = await startApi((ports) => ({
    saveAction: async (lead, action) => {
      faults.shift()?.();
      return ports.saveAction(lead, action);
    },
  }));
});
afterAll(() => world.table.stop());

/** Each test has a lead of its own. */
let id = '';
let count = 0;
beforeEach(async () => {
  count += 1;
  id = `lead_${count}`;
  faults = [];
  world.clock.now += 60_000;
  await world.lead(count, { id, accountOwner: { name: 'Bo Chen', email: null }, nextCallDate: '2026-03-05' });
});

const patch = (body: object, person: Person = {}) => world.as(person).patch(`/api/leads/${id}`, body);
const touch = (kind: string, person: Person = {}) => world.as(person).post(`/api/leads/${id}/touches`, { kind });
const detailIn = ({ body }: Answer) => LeadDetail.parse(body.data);
const detail = async () => detailIn(await world.as().get(`/api/leads/${id}`));
const said = ({ timeline }: LeadDetail) =>
  timeline.filter(({ by }) => by !== null).map(({ at, kind, text, by }) => [at, kind, text, by]);
const now = () => new Date(world.clock.now).toISOString();

describe('a change', () => {
  it('of status, next call and notes is kept, counted, and told with name and time', async () => {
    const answer = await patch({ version: 0, status: 'contacted', next_call: '2026-03-09', notes: ' Likes blue. ' });
    expect(answer.status).toBe(200);
    expect(detailIn(answer)).toMatchObject({
      status: 'contacted',
      next_call: '2026-03-09',
      notes: 'Likes blue.',
      version: 1,
      updated_at: now(),
    });
    expect(await detail()).toEqual(detailIn(answer));
    expect(said(await detail())).toEqual([
      [
        now(),
        'changed',
        'Ana Diaz: status New → Contacted, next call 2026-03-05 → 2026-03-09, notes changed',
        'Ana Diaz',
      ],
    ]);
    expect(world.counted.at(-1)).toBe(id);
  });

  it('empties what it names with null, and leaves alone what it does not name', async () => {
    await patch({ version: 0, notes: 'one', next_call: '2026-03-09' });
    const answer = await patch({ version: 1, notes: null, next_call: null });
    expect(detailIn(answer)).toMatchObject({ notes: null, next_call: null, status: 'new', version: 2 });
    expect(said(await detail()).at(-1)?.[2]).toBe('Ana Diaz: next call 2026-03-09 → none, notes removed');
  });

  it('to what is there already is none', async () => {
    const answer = await patch({ version: 0, status: 'new', notes: '', next_call: '2026-03-05' });
    expect(answer.status).toBe(200);
    expect(detailIn(answer)).toMatchObject({ version: 0 });
    expect(said(detailIn(answer))).toEqual([]);
  });

  it.each([
    ['a status that the team has not', { version: 0, status: 'unheard_of' }],
    ['nothing', { version: 0 }],
    ['no version', { status: 'won' }],
    ['a version that is none', { version: -1, status: 'won' }],
    ['what can’t be changed', { version: 0, name: 'Zoë' }],
    ['a day that there is not', { version: 0, next_call: '2026-02-30' }],
    ['notes without end', { version: 0, notes: 'x'.repeat(5001) }],
    ['an owner on two lines', { version: 0, owner: 'Ana\nDiaz' }],
  ])('to %s is refused', async (_, body) => {
    expect(await patch(body, { role: 'admin' })).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect(await detail()).toMatchObject({ version: 0, status: 'new' });
  });

  it('of the owner is for managers, and of a rep nothing of it is kept', async () => {
    expect(await patch({ version: 0, status: 'won', owner: 'Ana Diaz' })).toMatchObject({
      status: 403,
      body: { code: 'not_allowed' },
    });
    expect(await detail()).toMatchObject({ version: 0, status: 'new', owner: 'Bo Chen' });
    const given = detailIn(await patch({ version: 0, owner: 'Ana Diaz' }, { role: 'manager', name: 'Max' }));
    expect(given).toMatchObject({ owner: 'Ana Diaz', crm: { owner: 'Bo Chen' } });
    const back = detailIn(await patch({ version: 1, owner: null }, { role: 'admin', name: 'Max' }));
    expect(back).toMatchObject({ owner: 'Bo Chen' });
    expect(said(back).map(([, , text]) => text)).toEqual([
      'Max: owner Bo Chen → Ana Diaz',
      'Max: owner Ana Diaz → as the CRM says',
    ]);
  });

  it('keeps any text as text', async () => {
    const notes = '=HYPERLINK("x")<script>alert(1)</script>\n  two lines 🚀\u0000';
    expect(detailIn(await patch({ version: 0, notes })).notes).toBe(notes);
  });
});

describe('two people at once', () => {
  it('meet a conflict with what is there now', async () => {
    await patch({ version: 0, status: 'won' }, { name: 'Bo Chen', id: 'bo' });
    const answer = await patch({ version: 0, status: 'lost' });
    expect(answer).toMatchObject({ status: 409, body: { success: false, code: 'conflict' } });
    expect(detailIn(answer)).toMatchObject({ status: 'won', version: 1 });
    expect(await patch({ version: 9, status: 'lost' })).toMatchObject({ status: 409 });
  });

  it('of twenty edits of one version one is made, and told once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        patch({ version: 0, notes: `note ${number}` }, { id: `u${number}`, name: `User ${number}` }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(19).fill(409)]);
    const made = answers.findIndex(({ status }) => status === 200);
    const known = await detail();
    expect(known).toMatchObject({ version: 1, notes: `note ${made}` });
    expect(said(known)).toEqual([[now(), 'changed', `User ${made}: notes changed`, `User ${made}`]]);
  });

  it('whose edits follow each other all stand in the timeline', async () => {
    for (let version = 0; version < 12; version += 1) await patch({ version, notes: `note ${version}` });
    expect(said(await detail())).toHaveLength(12);
  });
});

describe('a click on Called, WhatsApp or Mail', () => {
  it('is the first touch, once, and an entry each time', async () => {
    const first = now();
    expect((await touch('called')).status).toBe(200);
    world.clock.now += 1000;
    const known = detailIn(await touch('whatsapp', { name: 'Bo Chen' }));
    await touch('mail');
    expect(known).toMatchObject({ first_touch_at: first, updated_at: now(), version: 2 });
    expect(said(await detail()).map(([, kind, text]) => [kind, text])).toEqual([
      ['touched', 'Ana Diaz called'],
      ['touched', 'Bo Chen wrote by WhatsApp'],
      ['touched', 'Ana Diaz wrote an e-mail'],
    ]);
    expect(world.counted.at(-1)).toBe(id);
  });

  it('is no conflict for whoever has the lead open, nor is theirs for the click', async () => {
    await touch('called');
    expect(detailIn(await patch({ version: 0, status: 'contacted' }))).toMatchObject({ version: 2 });
    await touch('mail');
    expect(await patch({ version: 0, status: 'lost' })).toMatchObject({ status: 409 });
    expect(await patch({ version: 2, status: 'won' })).toMatchObject({ status: 200 });
  });

  it('counts of each of eight at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => touch('called')));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(200));
    expect(said(await detail())).toHaveLength(8);
    expect(await detail()).toMatchObject({ version: 8 });
  });

  it('is one of three kinds, on a lead that there is', async () => {
    expect(await touch('fax')).toMatchObject({ status: 400 });
    id = 'nothing';
    expect(await touch('called')).toMatchObject({ status: 404 });
    expect(await patch({ version: 0, status: 'won' })).toMatchObject({ status: 404 });
    expect(await world.table.row('north#LEAD#nothing', 'LEAD')).toBeUndefined();
  });
});

describe('a crash between the two writes of an edit', () => {
  const crash = () => {
    throw new Error('killed');
  };

  it('loses nothing: the lead itself says what was done', async () => {
    faults = [crash];
    expect((await patch({ version: 0, status: 'won' })).status).toBe(500);
    expect(await world.table.row(`north#LEAD#${id}`, 'ACTION#00000001')).toBeUndefined();
    const known = await detail();
    expect(known).toMatchObject({ status: 'won', version: 1 });
    expect(said(known).map(([, , text]) => text)).toEqual(['Ana Diaz: status New → Won']);
  });

  it('is made good by the next edit, before it takes the place', async () => {
    faults = [crash];
    await patch({ version: 0, status: 'won' });
    await touch('called', { name: 'Bo Chen' });
    expect(said(await detail()).map(([, , text]) => text)).toEqual(['Ana Diaz: status New → Won', 'Bo Chen called']);
    expect(await world.table.row(`north#LEAD#${id}`, 'ACTION#00000001')).toMatchObject({ version: 1 });
  });

  it('and one before the first write leaves everything as it was', async () => {
    await patch({ version: 0, status: 'won' });
    faults = [crash];
    expect((await patch({ version: 1, status: 'lost' })).status).toBe(500);
    expect(await detail()).toMatchObject({ status: 'won', version: 1 });
  });
});

it('a status that the team no longer has is its first one, and the team’s own words are told', async () => {
  const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
  const statuses = [
    { key: 'open', label: 'Offen', is_closed: false },
    { key: 'done', label: 'Erledigt', is_closed: true },
  ];
  const Item = { PK: 'own#SETTINGS', SK: 'STATUSES', statuses, version: 1 };
  await world.client.send(new PutCommand({ TableName: 'leads', Item }));
  await world.lead(1, { tenant: 'own', id: 'one', status: 'new' });
  const own = world.as({ tenant: 'own' });
  expect((await own.get('/api/leads/one')).body.data).toMatchObject({ status: 'open' });
  expect(await own.patch('/api/leads/one', { version: 0, status: 'won' })).toMatchObject({ status: 400 });
  const known = detailIn(await own.patch('/api/leads/one', { version: 0, status: 'done' }));
  expect(said(known).map(([, , text]) => text)).toEqual(['Ana Diaz: status Offen → Erledigt']);
});
