import { describe, expect, it } from '@jest/globals';
import { api } from '../../lambdas/api/api.ts';
import { defaultStatuses } from '../../lambdas/core/statuses.ts';

const claims = {
  sub: 'u1',
  name: 'Ana Diaz',
  email: 'ana@example.org',
  token_use: 'id',
  'custom:tenant': 'default',
  'custom:role': 'rep',
};
const lines: object[] = [];
const app = api({
  timeZoneOf: () => 'Europe/Berlin',
  statusesOf: async () => defaultStatuses,
  now: () => 0,
  log: (line) => void lines.push(line),
});
const get = async (path: string, as: object | undefined = claims) => {
  const answer = await app.request(path, {}, { claims: as });
  return { status: answer.status, cache: answer.headers.get('cache-control'), body: await answer.json() };
};

describe('the API', () => {
  it('says who is signed in', async () => {
    expect(await get('/api/me')).toMatchObject({
      status: 200,
      cache: 'no-store',
      body: { success: true, data: { id: 'u1', name: 'Ana Diaz', role: 'rep', tenant: 'default' } },
    });
    expect(lines.at(-1)).toEqual({ outcome: '200', route: 'GET /api/me', tenant: 'default', ms: 0 });
  });

  it('knows nobody without a tenant and a role', async () => {
    expect(await get('/api/me', {})).toMatchObject({ status: 403, cache: 'no-store', body: { code: 'not_allowed' } });
  });

  it('has nothing elsewhere', async () => {
    expect(await get('/api/nothing')).toMatchObject({ status: 404, cache: 'no-store', body: { code: 'not_found' } });
    expect(lines.at(-1)).toMatchObject({ outcome: '404', reason: undefined });
  });
});
