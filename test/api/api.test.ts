import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimsOf, startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi(() => ({
    listsOf: () => Promise.reject(new Error('Zoë Müller is not a table')),
  }));
});
afterAll(() => world.table.stop());

describe('whoever is signed in', () => {
  it('is told who they are, in which time zone and with which statuses', async () => {
    expect(await world.as().get('/api/me')).toMatchObject({
      status: 200,
      body: {
        success: true,
        data: {
          id: 'ana',
          name: 'Ana Diaz',
          email: 'ana@example.org',
          role: 'rep',
          tenant: 'north',
          time_zone: 'Europe/Berlin',
          statuses: [
            { key: 'new', label: 'New', is_closed: false },
            { key: 'contacted', label: 'Contacted', is_closed: false },
            { key: 'qualified', label: 'Qualified', is_closed: false },
            { key: 'won', label: 'Won', is_closed: true },
            { key: 'lost', label: 'Lost', is_closed: true },
            { key: 'not_a_lead', label: 'Not a lead', is_closed: true },
          ],
        },
      },
    });
  });

  it.each([
    ['no claims', undefined],
    ['no tenant', { ...claimsOf(), 'custom:tenant': undefined }],
    ['an empty tenant', { ...claimsOf(), 'custom:tenant': '' }],
    ['the tenant of what is nobody’s', { ...claimsOf(), 'custom:tenant': 'none' }],
    ['a tenant that is a part of a key', { ...claimsOf(), 'custom:tenant': 'north#LEADS' }],
    ['two tenants', { ...claimsOf(), 'custom:tenant': ['north', 'south'] }],
    ['no role', { ...claimsOf(), 'custom:role': undefined }],
    ['a role that there is not', { ...claimsOf(), 'custom:role': 'owner' }],
    ['a role in capitals', { ...claimsOf(), 'custom:role': 'ADMIN' }],
    ['a name of an object’s own', { ...claimsOf(), 'custom:role': '__proto__' }],
    ['an access token’s', { ...claimsOf(), token_use: 'access' }],
    ['nobody', { ...claimsOf(), sub: '' }],
    ['a text', 'admin'],
  ])('by claims with %s may do nothing', async (_, claims) => {
    const answer = await world.ask('GET', '/api/me', undefined, claims as object);
    expect(answer).toMatchObject({ status: 403, body: { success: false, code: 'not_allowed' } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('finds nothing where there is nothing', async () => {
    const { status, body, headers } = await world.as().get('/api/nothing');
    expect({ status, body }).toEqual({
      status: 404,
      body: { success: false, code: 'not_found', error: 'there is nothing here' },
    });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is not told what went wrong on our side', async () => {
    const { status, body } = await world.as().get('/api/lists');
    expect({ status, body }).toEqual({
      status: 500,
      body: { success: false, code: 'unavailable', error: 'something went wrong on our side' },
    });
    expect(world.lines.at(-1)).toMatchObject({ outcome: '500', reason: 'Error', route: 'GET /api/lists' });
  });
});

describe('a body', () => {
  const search = (body: unknown) => world.as().post('/api/leads/search', body);

  it.each([
    ['that is no JSON', '{"q":', 'the body is not JSON'],
    ['with a word that is not known', { q: 'zoe', Müller: 1 }, 'it has a field that is not known'],
    ['without what is needed', {}, 'q: Invalid input: expected string, received undefined'],
    ['with less than is needed', { q: 'Z' }, 'q: Too small: expected string to have >=2 characters'],
    ['with more than is read', { q: 'zoe', limit: 51 }, 'limit: Too big: expected number to be <=50'],
    ['of 65 KB', { q: 'z'.repeat(65 * 1024) }, 'the body is larger than 65536 bytes'],
  ])('%s is refused, with the name of the field and never what it says', async (_, body, error) => {
    expect(await search(body)).toMatchObject({ status: 400, body: { code: 'bad_request', error } });
  });

  it('that does not say that it is JSON is refused', async () => {
    const answer = await world.app.request(
      '/api/leads/search',
      { method: 'POST', body: '{"q":"zoe"}' },
      { claims: claimsOf() },
    );
    expect(answer.status).toBe(400);
  });
});

it('a line of log names the route, and nothing that stood in the address or was found', async () => {
  await world.lead(1, { id: 'lead_secret' });
  await world.as().get('/api/leads/lead_secret?x=Zoe');
  await world.as().get('/api/nothing/lead_secret');
  expect(world.lines.slice(-2)).toEqual([
    { outcome: '200', route: 'GET /api/leads/:id', tenant: 'north', ms: 0 },
    { outcome: '404', route: 'GET /*', tenant: 'north', ms: 0 },
  ]);
});
