import { describe, expect, it } from '@jest/globals';
import { Gone, Later, TokenRefused } from '../../../lambdas/core/failures.ts';
import type { SourceEvent } from '../../../lambdas/core/event.ts';
import { read } from '../../../lambdas/sources/hubspot/api.ts';

const event: SourceEvent = { id: 'e', type: 'contact.creation', effect: 'new_lead', leadId: '48120733_90817263541' };
const record = '{"id":"90817263541","properties":{},"updatedAt":"2026-03-05T13:30:00Z"}';

async function ask(answer: Response | Error, { of = event, fields = [] as string[] } = {}) {
  const calls: Request[] = [];
  const api = {
    baseUrl: 'https://api.example',
    token: 'pat-secret',
    fields,
    remembered: async (_: string, readIt: () => Promise<string | null>) => readIt(),
    fetch: async (...args: Parameters<typeof fetch>) => {
      calls.push(new Request(...args));
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { result: await read(of, api), calls };
}
const failure = (status: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  ask(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })).then(
    () => {
      throw new Error('it was read');
    },
    (error: unknown) => error as Error & { retryAfter?: number },
  );

it('reads a contact by its object, with the token in a header and every property that is wanted by name', async () => {
  const { result, calls } = await ask(new Response(record), { fields: ['team_size'] });
  expect(result).toEqual({ body: record, names: {} });
  const url = new URL(calls[0]?.url ?? '');
  expect(url.origin + url.pathname).toBe('https://api.example/crm/v3/objects/contacts/90817263541');
  const properties = url.searchParams.get('properties')?.split(',');
  expect(properties).toEqual(
    expect.arrayContaining(['email', 'lifecyclestage', 'hubspot_owner_id', 'utm_source', 'team_size']),
  );
  expect(calls[0]?.headers.get('authorization')).toBe('Bearer pat-secret');
  expect(calls[0]?.url).not.toContain('pat-secret');
});

it('takes the contact that a test brought along, and asks nobody', async () => {
  const { result, calls } = await ask(new Error('asked'), { of: { ...event, record } });
  expect([result.body, calls]).toEqual([record, []]);
});

describe('an answer without a contact', () => {
  it.each([
    [401, TokenRefused],
    [403, TokenRefused],
    [404, Gone],
    [400, Later],
    [423, Later],
    [500, Later],
    [502, Later],
    [504, Later],
  ])('of status %i is %p', async (status, kind) => {
    const error = await failure(status);
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toContain(String(status));
  });

  it.each([
    ['of ten seconds', { policyName: 'TEN_SECONDLY_ROLLING' }, {}, 10],
    ['of the day', { policyName: 'DAILY' }, {}, 900],
    ['that says for how long', { policyName: 'DAILY' }, { 'retry-after': '37' }, 37],
    ['without a word', 'slow down', {}, 10],
  ])('by a limit %s makes it wait', async (_, body, headers, seconds) =>
    expect(await failure(429, body, headers)).toMatchObject({ retryAfter: seconds }),
  );

  it.each([['<html>'], ['[]'], ['"text"'], ['null'], ['']])('that is %j with status 200 is tried again', async (body) =>
    expect(await failure(200, body)).toBeInstanceOf(Later),
  );

  it('since nobody answered is tried again, and says nothing of the address', async () => {
    const error = await ask(new Error('connect to https://api.example with pat-secret')).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Later);
    expect(String(error)).toBe('Error: HubSpot did not answer');
  });
});
