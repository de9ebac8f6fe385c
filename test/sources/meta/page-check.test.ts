import { describe, expect, it } from '@jest/globals';
import { Gone, Later, Refused, TokenRefused } from '../../../lambdas/core/failures.ts';
import { pageName, sendsLeads } from '../../../lambdas/sources/meta/page-check.ts';

const json = (content: unknown, init?: ResponseInit) => new Response(JSON.stringify(content), init);
const failure = (code: number, error_subcode?: number) =>
  json({ error: { message: 'EAATESTTOKEN is bad', code, error_subcode } }, { status: 400 });

/** What came of a question, and what was asked. */
async function ask(question: typeof pageName | typeof sendsLeads, answer: Response | Error) {
  const calls: string[] = [];
  const result: unknown = await question('6041', {
    baseUrl: 'https://graph.example/v26.0',
    token: 'EAATESTTOKEN',
    fetch: async (input) => {
      const { pathname, searchParams } = new URL(new Request(input).url);
      calls.push(`${pathname} ${searchParams.get('fields')} ${searchParams.get('access_token')}`);
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
  }).catch((error: unknown) => error);
  return { result, calls };
}

it('a page has a name', async () => {
  expect(await ask(pageName, json({ id: '6041', name: 'Harbour School' }))).toEqual({
    result: 'Harbour School',
    calls: ['/v26.0/6041 name EAATESTTOKEN'],
  });
  expect((await ask(pageName, json({ id: '6041' }))).result).toBeNull();
});

describe('Meta sends the leads of a page', () => {
  it.each([
    ['where an app is subscribed to them', { data: [{ id: '1' }, { subscribed_fields: ['feed', 'leadgen'] }] }, true],
    ['not where it is subscribed to other things', { data: [{ subscribed_fields: ['feed'] }] }, false],
    ['not where none is subscribed', { data: [] }, false],
    ['not where the answer is something else', { data: 'leadgen' }, false],
  ])('%s', async (_, answer, expected) => {
    expect(await ask(sendsLeads, json(answer))).toEqual({
      result: expected,
      calls: ['/v26.0/6041/subscribed_apps subscribed_fields EAATESTTOKEN'],
    });
  });
});

it.each([
  ['a token that is refused', failure(190), TokenRefused],
  ['a missing permission', failure(200), Refused],
  ['a page that is not there', failure(100, 33), Gone],
  ['a limit', failure(4), Later],
  ['no answer', new Error('connect https://graph.example?access_token=EAATESTTOKEN'), Later],
])('%s is told for what it is, without the token', async (_, answer, kind) => {
  for (const question of [pageName, sendsLeads]) {
    const { result } = await ask(question, answer);
    expect(result).toBeInstanceOf(kind);
    expect(String(result)).not.toContain('EAATESTTOKEN');
  }
});
