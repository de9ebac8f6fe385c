import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi } from '../fixtures/api-world.ts';
import { serve } from '../fixtures/http-server.ts';
import { TABLE } from '../fixtures/table.ts';

let world: Awaited<ReturnType<typeof startApi>>;
/** What Meta answers by path, and what it was asked. */
let answers: Record<string, [status: number, json: object]>;
let asked: URL[];
const failure = (code: number, error_subcode?: number): [number, object] => [
  400,
  { error: { message: 'Zoë Müller may not', code, error_subcode } },
];
const TOKEN = 'EAA-a-new-token';

let api: ReturnType<typeof world.told>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

/** Each test has a page of its own. */
let page: string;
let count = 0;
beforeEach(async () => {
  count += 1;
  page = `604${count}`;
  asked = [];
  answers = { [page]: [200, { id: page, name: 'Harbour School' }] };
  const graph = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://graph');
    asked.push(url);
    const [status, json] = answers[url.pathname.slice(1)] ?? failure(100, 33);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  api = world.told({ GRAPH_URL: graph });
});

const manager = (tenant = 'north') => api.as({ role: 'manager', tenant });
const put = (change: object, tenant?: string) => manager(tenant).put(`/api/settings/pages/${page}`, change);
const test = (tenant?: string) => manager(tenant).post(`/api/settings/pages/${page}/test`, {});
const secret = (tenant = 'north') => world.aws.secrets.get(`${tenant}/meta-token-${page}`);

describe('a page', () => {
  it('is given to the tenant with the name that Meta knows, and its token is never read back', async () => {
    const { status, body } = await put({ owner: 'Grace Hopper', country: 'DE', token: TOKEN });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        success: true,
        data: {
          id: page,
          name: 'Harbour School',
          owner: 'Grace Hopper',
          owner_email: null,
          country: 'DE',
          token: 'set',
          refused_since: null,
          waiting: 0,
          says: null,
        },
      },
    });
    expect(secret()).toBe(TOKEN);
    expect(asked.map(({ searchParams }) => searchParams.get('access_token'))).toEqual([TOKEN]);
    const listed = await manager().get('/api/settings/pages');
    expect(listed.body.data).toContainEqual(expect.objectContaining({ id: page, name: 'Harbour School' }));
    expect(JSON.stringify(listed.body)).not.toContain(TOKEN);
  });

  it('is changed in what is named; null empties', async () => {
    await put({ name: 'Ours', owner: 'Grace Hopper', owner_email: 'grace@example.org', country: 'DE' });
    expect((await put({ owner: 'Ada Sample', owner_email: null })).body.data).toMatchObject({
      name: 'Ours',
      owner: 'Ada Sample',
      owner_email: null,
      country: 'DE',
      token: 'missing',
    });
    expect(asked).toEqual([]);
  });

  it('keeps who changed it, and nothing of the token', async () => {
    await put({ token: TOKEN });
    const change = await world.table.row('north#SETTINGS', `CHANGE#page-${page}`);
    expect(change).toMatchObject({ changedBy: { id: 'ana', name: 'Ana Diaz' }, changedAt: expect.any(String) });
    expect(JSON.stringify(change)).not.toContain('EAA');
  });

  it('takes up the leads that waited for it', async () => {
    const { park } = await import('../../lambdas/aws/parked-table.ts');
    const parked = { source: 'meta', account: page, rawKey: 'source/x.json', index: 0, reason: 'no page', at: 'now' };
    await park(TABLE, { ...parked, tenant: 'none', eventId: '1', leadId: '1' });
    const { data } = (await put({ token: TOKEN })).body;
    expect(data).toMatchObject({ waiting: 0, says: '1 lead that had waited for the page will come in now.' });
    expect(world.aws.queued.at(-1)).toMatchObject({ to: 'https://sqs/capture', message: { key: 'source/x.json' } });
  });

  it('says how many leads wait for a token, and since when Meta refuses it', async () => {
    await put({ token: TOKEN });
    const { park } = await import('../../lambdas/aws/parked-table.ts');
    const { refuseToken } = await import('../../lambdas/aws/account-table.ts');
    const parked = { source: 'meta', account: page, rawKey: 'source/x.json', index: 0, reason: 'token', at: 'now' };
    await park(TABLE, { ...parked, tenant: 'north', eventId: '1', leadId: '1' });
    await refuseToken(TABLE, { source: 'meta', id: page }, { since: '2026-03-05T13:30:00.000Z', token: 'one' });
    const listed = (await manager().get('/api/settings/pages')).body.data as { id: string }[];
    expect(listed.find(({ id }) => id === page)).toMatchObject({
      token: 'refused',
      refused_since: '2026-03-05T13:30:00.000Z',
      waiting: 1,
    });
    expect((await put({ token: `${TOKEN}-2` })).body.data).toMatchObject({ token: 'set', waiting: 0 });
  });

  it('is taken from the tenant with its token', async () => {
    await put({ token: TOKEN });
    expect(await manager().delete(`/api/settings/pages/${page}`)).toMatchObject({
      status: 200,
      body: { data: { removed: true } },
    });
    expect(secret()).toBeUndefined();
    expect((await manager().delete(`/api/settings/pages/${page}`)).status).toBe(404);
  });

  it('of another tenant is not available, and not for a token either', async () => {
    await put({ name: 'Theirs', token: TOKEN }, 'south');
    asked = [];
    expect(await put({ token: 'EAA-stolen' })).toMatchObject({
      status: 409,
      body: { code: 'conflict', error: 'this page is not available' },
    });
    expect(asked).toEqual([]);
    expect(secret()).toBeUndefined();
    expect(secret('south')).toBe(TOKEN);
    expect((await test()).status).toBe(404);
    expect((await manager().delete(`/api/settings/pages/${page}`)).status).toBe(404);
    expect(secret('south')).toBe(TOKEN);
  });

  it.each([
    ['a token with a space', { token: 'EAA 12345' }, 'token'],
    ['a country that is none', { country: 'Germany' }, 'country'],
    ['a name on two lines', { name: 'a\nb' }, 'name'],
    ['an address that is none', { owner_email: 'grace' }, 'owner_email'],
    ['an unknown field', { tenant: 'south' }, 'it has a field'],
  ])('refuses %s without saying it again', async (_, change, field) => {
    const { status, body } = await put(change);
    expect(status).toBe(400);
    expect(body.error).toContain(field);
    expect(body.error).not.toContain(Object.values(change)[0]);
  });
});

describe('a new token', () => {
  it('that Meta refuses is not kept', async () => {
    answers[page] = failure(190, 463);
    const { status, body } = await put({ token: TOKEN });
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'refused' });
    expect(body.error).toContain('Meta does not accept this token');
    expect(secret()).toBeUndefined();
  });

  it.each([
    ['Meta is down', [503, {}], 'Meta does not answer just now'],
    ['Meta is busy', failure(4), 'Meta does not answer just now'],
    ['it lacks permissions', failure(200), 'leads_retrieval'],
    ['Meta knows no such page', failure(100, 33), 'Meta knows no page with this id'],
  ] as const)('is kept where %s, and that is said', async (_, answer, says) => {
    answers[page] = [...answer];
    const { status, body } = await put({ token: TOKEN });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ token: 'set', says: expect.stringContaining(says) });
    expect(secret()).toBe(TOKEN);
  });

  it('is asked about with a proof that we are the app, where its secret is known', async () => {
    world.aws.secrets.set('north/meta-signature-key', 'a'.repeat(32));
    await put({ token: TOKEN });
    expect(asked[0]?.searchParams.get('appsecret_proof')).toMatch(/^[0-9a-f]{64}$/);
    world.aws.secrets.delete('north/meta-signature-key');
  });
});

describe('the test of a page', () => {
  const subscribed = (...fields: string[]): [number, object] => [200, { data: [{ subscribed_fields: fields }] }];

  it.each([
    ['leads can come in', {}, subscribed('feed', 'leadgen'), true, 'Meta sends the leads of this page'],
    ['Meta sends none', {}, subscribed('feed'), false, `npm run connect -- meta --page`],
    ['no app is subscribed', {}, [200, { data: [] }], false, `npm run connect -- meta --page`],
    ['the token is refused', { name: failure(190) }, subscribed('leadgen'), false, 'does not accept the token'],
    ['the token may not see it', {}, failure(210), false, 'pages_manage_metadata'],
    ['Meta is down', { name: [500, {}] }, subscribed('leadgen'), false, 'Meta does not answer just now'],
    ['the id is wrong', { name: failure(100, 33) }, subscribed('leadgen'), false, 'Compare the id'],
  ] as const)('says what is so where %s', async (_, { name }: { name?: readonly [number, object] }, apps, ok, says) => {
    await put({ token: TOKEN });
    if (name) answers[page] = [...name];
    answers[`${page}/subscribed_apps`] = [...apps];
    expect((await test()).body.data).toEqual({ ok, says: expect.stringContaining(says) });
  });

  it('says that there is no token', async () => {
    await put({ name: 'Ours' });
    expect((await test()).body.data).toEqual({ ok: false, says: expect.stringContaining('has no token') });
    expect(asked).toEqual([]);
  });
});

it('nothing can be added where Meta is off', async () => {
  const { as } = world.serve({ isOn: (source) => source !== 'meta' });
  expect(await as({ role: 'manager' }).put('/api/settings/pages/1', {})).toMatchObject({
    status: 400,
    body: { code: 'refused', error: expect.stringContaining('Meta is off') },
  });
});
