import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type * as Handler from '../../lambdas/api/handler.ts';
import { apiEvent } from '../fixtures/api-event.ts';
import { apiVariables, claimsOf } from '../fixtures/api-world.ts';
import { logLines } from '../fixtures/log-lines.ts';
import { startTable } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let handler: typeof Handler.handler;
beforeAll(async () => {
  table = await startTable();
  Object.assign(process.env, apiVariables);
  ({ handler } = await import('../../lambdas/api/handler.ts'));
});
afterAll(() => table.stop());

const get = (path: string, claims?: object) => {
  const { requestContext } = apiEvent();
  const authorizer = claims && { claims };
  return handler(
    apiEvent({ resource: '/api/{proxy+}', path, httpMethod: 'GET', requestContext: { ...requestContext, authorizer } }),
  );
};

describe('the function behind the gateway', () => {
  it('answers whom the authorizer vouches for, and writes one line', async () => {
    const lines = logLines();
    const answer = await get('/api/me', claimsOf());
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
    expect(JSON.parse(answer.body)).toMatchObject({ success: true, data: { id: 'ana', time_zone: 'Europe/Berlin' } });
    expect(lines).toEqual([
      {
        time: expect.any(String),
        step: 'api',
        outcome: '200',
        route: 'GET /api/me',
        tenant: 'north',
        ms: expect.any(Number),
      },
    ]);
  });

  it('answers nobody else', async () => {
    expect(await get('/api/me')).toMatchObject({ statusCode: 403 });
    expect(await get('/api/me', {})).toMatchObject({ statusCode: 403 });
  });
});
