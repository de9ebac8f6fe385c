import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles, type Role } from '../../lambdas/api/schemas/me.ts';
import { ownerKey } from '../../lambdas/core/owner-key.ts';
import { claimsOf, startApi } from '../fixtures/api-world.ts';
import { job } from '../fixtures/export-world.ts';
import { TABLE } from '../fixtures/table.ts';

/** A route as it is registered. */
interface Route {
  method: string;
  path: string;
  needs: Role;
}

const SOUTH_EXPORT = '3f0e8a52-7c1d-4f6e-9b2a-8d5c4e3f2a1b';
const SOUTH_SYNC = '4f0e8a52-7c1d-4f6e-9b2a-8d5c4e3f2a1b';
const SOUTH_REPLAY = '5f0e8a52-7c1d-4f6e-9b2a-8d5c4e3f2a1b';
const SOUTH_DELIVERY = 'crm_event_lead_south.json';
const southOwner = ownerKey('south', 'Ximena Araya');

/**
 * What a route with an id in its path is asked, so that it would do something; the id is one of the tenant `south`, `nothing` one of nobody where ids have
 * another form. A route that is missing here fails the test below.
 */
const asked: Record<string, { id: string; nothing?: string; body?: unknown }> = {
  'get /api/leads/{id}': { id: 'lead_south' },
  'get /api/leads/{id}/trace': { id: 'lead_south' },
  'patch /api/leads/{id}': { id: 'lead_south', body: { version: 0, status: 'won' } },
  'get /api/exports/{id}': { id: SOUTH_EXPORT, nothing: '00000000-7c1d-4f6e-9b2a-8d5c4e3f2a1b' },
  'get /api/deliveries/{name}': { id: SOUTH_DELIVERY, nothing: 'crm_event_lead_nobody.json' },
  'post /api/deliveries/{name}/reveal': { id: SOUTH_DELIVERY, nothing: 'crm_event_lead_nobody.json' },
  'get /api/replays/{id}': { id: SOUTH_REPLAY, nothing: '00000000-7c1d-4f6e-9b2a-8d5c4e3f2a1b' },
  'get /api/sync/{id}': { id: SOUTH_SYNC, nothing: '00000000-7c1d-4f6e-9b2a-8d5c4e3f2a1b' },
  'delete /api/settings/pages/{id}': { id: '6041', nothing: '6049' },
  'post /api/settings/pages/{id}/test': { id: '6041', nothing: '6049' },
  'patch /api/settings/users/{id}': { id: 'of_south', body: { version: 0, names: ['Ours'] } },
  'post /api/settings/unmatched-owners/{key}': {
    id: southOwner,
    nothing: '0123456789abcdef',
    body: { user: 'ana' },
  },
  'post /api/leads/{id}/touches': { id: 'lead_south', body: { kind: 'called' } },
};

let world: Awaited<ReturnType<typeof startApi>>;
let routes: Route[];
beforeAll(async () => {
  world = await startApi();
  routes = world.app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route'
      ? [{ method: definition.route.method, path: definition.route.path, needs: definition.route['x-role'] as Role }]
      : [],
  );
  await world.lead(1, { tenant: 'south', id: 'lead_south' });
  const of = { tenant: 'south', source: 'meta', id: '6041' };
  await (await import('../../lambdas/aws/account-table.ts')).saveAccount(TABLE, of, '2026-03-05T13:30:00.000Z');
  const { saveJob } = await import('../../lambdas/aws/export-table.ts');
  await saveJob(TABLE, { ...job, tenant: 'south', id: SOUTH_EXPORT });
  const jobs = await import('../../lambdas/aws/job-table.ts');
  const asking = { askedBy: { id: 'sol', name: 'Sol' }, askedAt: '2026-03-05T13:30:00.000Z', order: {} };
  await jobs.saveJob(TABLE, { tenant: 'south', id: SOUTH_SYNC, kind: 'sync', ...asking, state: 'waiting', counts: {} });
  await jobs.saveJob(TABLE, {
    tenant: 'south',
    id: SOUTH_REPLAY,
    kind: 'replay',
    ...asking,
    state: 'waiting',
    counts: {},
  });
  const from = { source: 'close', tenant: 'south', receivedAt: '2026-03-05T13:30:00.000Z' };
  world.stored.set(`source/${SOUTH_DELIVERY}`, { body: Buffer.from('{}'), from });
  const { noteUser } = await import('../../lambdas/aws/user-table.ts');
  const person = { id: 'of_south', name: 'Sol', email: 'sol@example.org', role: 'rep' };
  await noteUser(TABLE, { ...person, tenant: 'south' }, '2026-03-05T13:30:00.000Z');
  await world.row({ PK: 'south#STATS', SK: `OWNER#${southOwner}`, name: 'Ximena Araya' });
});
afterAll(() => world.table.stop());

const call = ({ method, path }: Route, claims: object | undefined, id = 'unknown') =>
  world.ask(method.toUpperCase(), path.replace(/\{\w+\}/g, id), method === 'get' ? undefined : {}, claims);
const refused = { status: 403, body: { success: false, code: 'not_allowed' } };

describe('every route', () => {
  it('is described, and has a role', () => {
    expect(routes.length).toBeGreaterThan(8);
    const served = world.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api'))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect([...new Set(served)].sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
    expect(routes.filter(({ needs }) => !roles.includes(needs))).toEqual([]);
  });

  it('is closed to whoever has no claims, no tenant, or no role that there is', async () => {
    for (const route of routes) {
      const unknown = [undefined, {}, { ...claimsOf({ role: 'admin' }), 'custom:tenant': undefined }];
      const noRole = { ...claimsOf(), 'custom:role': 'root' };
      for (const claims of [...unknown, noRole]) expect(await call(route, claims)).toMatchObject(refused);
    }
  });

  it('is closed to each role below its own, before anything of the request is read', async () => {
    for (const route of routes)
      for (const role of roles) {
        const { status } = await call(route, claimsOf({ role }));
        const isAllowed = roles.indexOf(role) >= roles.indexOf(route.needs);
        expect([route.path, role, status === 403]).toEqual([route.path, role, !isAllowed]);
      }
  });

  it('answers of what is another tenant’s as of what does not exist', async () => {
    // Whoever names a page adds it; what it answers of another tenant's is shown where pages are.
    const withId = routes.filter(({ path, method }) => path.includes('{') && method !== 'put');
    expect(withId.map(({ method, path }) => `${method} ${path}`).filter((name) => !asked[name])).toEqual([]);
    for (const { method, path } of withId) {
      const { id, nothing = 'nothing_1', body } = asked[`${method} ${path}`] ?? { id: '' };
      const answerFor = async (which: string) => {
        const url = path.replace(/\{\w+\}/g, which);
        const { status, body: said } = await world.ask(method.toUpperCase(), url, body, claimsOf({ role: 'admin' }));
        return { status, said };
      };
      expect(await answerFor(id)).toEqual(await answerFor(nothing));
      expect((await answerFor(id)).status).toBe(404);
    }
    expect(await world.as({ tenant: 'south' }).get('/api/leads/lead_south')).toMatchObject({
      status: 200,
      body: { data: { version: 0, status: 'new', first_touch_at: null } },
    });
  });

  it('takes no id that could be more than one', async () => {
    const withId = routes.filter(({ path }) => path.includes('{'));
    const hostile = ['%23LEAD', 'lead%2F..%2F1', '..%2f..', 'a'.repeat(129), 'le%00ad', '%F0%9F%92%A9', 'a b', '%zz'];
    for (const route of withId)
      for (const id of hostile) {
        const { status } = await call(route, claimsOf({ role: 'admin' }), id);
        expect([route.path, id, status]).toEqual([route.path, id, 404]);
      }
  });
});
