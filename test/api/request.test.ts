import { describe, expect, it } from '@jest/globals';
import { requestOf } from '../../lambdas/api/request.ts';
import { apiEvent } from '../fixtures/api-event.ts';

const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer secret', Cookie: 'x=1' };

describe('a request as the gateway hands it over', () => {
  it('is read with its path, all values of its query, and its body', async () => {
    const request = requestOf(
      apiEvent({
        path: '/api/leads/search',
        multiValueQueryStringParameters: { list: ['Meta & Co'], source: ['close', 'meta'] },
        headers,
        body: '{"q":"Zoë"}',
      }),
    );
    expect(request.method).toBe('POST');
    const { pathname, searchParams } = new URL(request.url);
    expect([pathname, [...searchParams]]).toEqual([
      '/api/leads/search',
      [
        ['list', 'Meta & Co'],
        ['source', 'close'],
        ['source', 'meta'],
      ],
    ]);
    expect(await request.json()).toEqual({ q: 'Zoë' });
    expect([...request.headers]).toEqual([['content-type', 'application/json']]);
  });

  it('has the same body where the gateway encoded it', async () => {
    const body = Buffer.from('{"q":"Zoë"}').toString('base64');
    expect(await requestOf(apiEvent({ headers, body, isBase64Encoded: true })).json()).toEqual({ q: 'Zoë' });
  });

  it('without a body has none, also where one came with a GET', () => {
    expect(requestOf(apiEvent({ body: null })).body).toBeNull();
    expect(requestOf(apiEvent({ httpMethod: 'GET', body: '{}' })).body).toBeNull();
  });

  it.each([['//evil.example/api/me'], ['/../../api/me'], ['/api/me?x=1#y'], ['/\\evil.example/']])(
    'goes to no other place, whatever its path: %s',
    (path) => expect(new URL(requestOf(apiEvent({ path })).url).host).toBe('api.invalid'),
  );
});
