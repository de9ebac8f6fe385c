import { describe, expect, it } from '@jest/globals';
import type { SourceEvent } from '../../../lambdas/core/event.ts';
import { Gone, Later, Refused, TokenRefused } from '../../../lambdas/core/failures.ts';
import type { VendorRecord } from '../../../lambdas/core/hydration.ts';
import { read } from '../../../lambdas/sources/meta/graph.ts';

const event: SourceEvent = { id: '7701', leadId: '7701', type: 'page.leadgen', effect: 'new_lead', account: '6041' };

/** `GET /7701`, of people nobody knows; the bytes as Meta writes them. */
const lead =
  '{"id":"7701","created_time":"2026-03-05T13:30:00+0000","form_id":"9114","field_data":[{"name":"EMAIL","values":["zoe\\u0040example.org"]}]}';
const form = { name: 'Spring offer', id: '9114' };

type Answer = Response | Error;
const json = (content: unknown, init?: ResponseInit) => new Response(JSON.stringify(content), init);
/** As https://developers.facebook.com/docs/graph-api/guides/error-handling says, and always with a text that nobody shall see. */
const failure = (code: number, error_subcode?: number, init: ResponseInit = { status: 400 }) =>
  json(
    { error: { message: 'Zoë Müller may not', type: 'OAuthException', code, error_subcode, fbtrace_id: 'EJ1' } },
    init,
  );

const always = async (_: string, readIt: () => Promise<string | null>) => readIt();

/** The Graph API with these answers, one after the other, asked for a lead; then for the name of its form, unless another is given. */
async function ask(
  answers: Answer[],
  {
    of = event,
    formAnswer = json(form),
    appSecret,
    remembered = always,
  }: { of?: SourceEvent; formAnswer?: Answer; appSecret?: string; remembered?: typeof always } = {},
) {
  const calls: URL[] = [];
  const rest = [...answers];
  const result = await read(of, {
    baseUrl: 'https://graph.example/v26.0',
    token: 'EAATESTTOKEN',
    fields: [],
    appSecret,
    remembered,
    fetch: async (input) => {
      const url = new URL(new Request(input).url);
      calls.push(url);
      const answer = url.pathname === '/v26.0/7701' ? rest.shift() : formAnswer;
      if (!answer || answer instanceof Error) throw answer ?? new Error('asked once too often');
      return answer.clone();
    },
  }).catch((error: unknown) => error);
  return {
    result,
    calls,
    asked: calls.map(({ pathname, searchParams }) => `${pathname} ${searchParams.get('fields')}`),
  };
}

const all =
  '/v26.0/7701 id,created_time,form_id,field_data,custom_disclaimer_responses,is_organic,platform,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name';
const basic = '/v26.0/7701 id,created_time,form_id,field_data,custom_disclaimer_responses,is_organic,platform';
const nameOfForm = '/v26.0/9114 name';

describe('a lead', () => {
  it('is read with everything Meta knows of it, then with the name of its form', async () => {
    const { result, calls, asked } = await ask([new Response(lead)]);
    expect(result).toEqual({ body: lead, names: { form: 'Spring offer' } });
    expect(asked).toEqual([all, nameOfForm]);
    expect(calls.map((url) => url.searchParams.get('access_token'))).toEqual(['EAATESTTOKEN', 'EAATESTTOKEN']);
  });

  it('is kept byte for byte as it was received', async () => {
    const odd = '{ "id":"7701",\n "n": 120212669955550254, "t":"\\u00e4" }';
    expect((await ask([new Response(odd)])).result).toEqual({ body: odd, names: {} });
  });

  it('is asked for with a proof that we are the app, where its secret is known', async () => {
    const { calls } = await ask([new Response(lead)], { appSecret: 'meta-app-secret' });
    // Made with `openssl dgst -sha256 -hmac meta-app-secret` over the token.
    const proof = '766b8285142efbadb0b37b21509036b6f2906d64e19de16712ac7f1c245528f8';
    expect(calls.map((url) => url.searchParams.get('appsecret_proof'))).toEqual([proof, proof]);
  });

  it('is asked for without a proof where nobody filled in the secret', async () => {
    const { calls } = await ask([new Response(lead)]);
    expect(calls.map((url) => url.searchParams.has('appsecret_proof'))).toEqual([false, false]);
  });

  it('that came with its record is read nowhere', async () => {
    const { result, calls } = await ask([], { of: { ...event, isTest: true, record: lead } });
    expect(result).toEqual({ body: lead, names: {} });
    expect(calls).toEqual([]);
  });
});

describe('the ads of a lead', () => {
  it.each([
    ['we may not read', failure(200)],
    ['we may not read, by another code', failure(10)],
    ['we may not read, by the last of these codes', failure(299)],
    ['this version does not know', failure(100)],
    ['we may not read, said with 200', failure(200, undefined, { status: 200 })],
  ])('are left out where %s', async (_, answer) => {
    const { result, asked } = await ask([answer, new Response(lead)]);
    expect(result).toEqual({ body: lead, names: { form: 'Spring offer' } });
    expect(asked).toEqual([all, basic, nameOfForm]);
  });

  it('are not tried without where the token is refused, the lead is gone or Meta can’t now', async () => {
    for (const answer of [failure(190), failure(100, 33), failure(2)]) {
      expect((await ask([answer])).asked).toEqual([all]);
    }
  });

  it('decide nothing: what counts is what comes of the lead without them', async () => {
    expect((await ask([failure(200), failure(190)])).result).toBeInstanceOf(TokenRefused);
    expect((await ask([failure(200), failure(100, 33)])).result).toBeInstanceOf(Gone);
    expect((await ask([failure(200), failure(2)])).result).toBeInstanceOf(Later);
    expect((await ask([failure(100), failure(10)])).result).toBeInstanceOf(Refused);
    expect((await ask([failure(200), new TypeError('fetch failed')])).result).toBeInstanceOf(Later);
  });
});

describe('the name of a form', () => {
  const named = async (formAnswer: Answer) => {
    const { result } = await ask([new Response(lead)], { formAnswer });
    return (result as VendorRecord).names;
  };

  it.each<[string, Answer]>([
    ['may not be read', failure(200)],
    ['is gone', failure(100, 33)],
    ['can’t be read now', failure(2, undefined, { status: 500 })],
    ['needs another token', failure(190)],
    ['is a page of HTML', new Response('<html>')],
    ['does not come', new TypeError('fetch failed')],
    ['is empty', json({ id: '9114', name: '' })],
    ['is no text', json({ id: '9114', name: ['Spring offer'] })],
    ['is not in the answer', json({ id: '9114' })],
  ])('stays empty where it %s, and the lead is a lead all the same', async (_, answer) => {
    expect(await named(answer)).toEqual({});
  });

  it('is asked for once where it is remembered', async () => {
    const known = new Map<string, Promise<string | null>>();
    const remembered = (what: string, readIt: () => Promise<string | null>) => {
      const answer = known.get(what) ?? readIt();
      known.set(what, answer);
      return answer;
    };
    const first = await ask([new Response(lead)], { remembered });
    const second = await ask([new Response(lead)], { remembered });
    expect(first.asked).toEqual([all, nameOfForm]);
    expect(second.asked).toEqual([all]);
    expect(second.result).toEqual({ body: lead, names: { form: 'Spring offer' } });
    expect([...known.keys()]).toEqual(['form 9114']);
  });

  it.each([['../me'], ['9114?fields=access_token'], ['9114/leads'], ['']])(
    'is never asked for at an address that is no form’s: %j',
    async (form_id) => {
      const { result, asked } = await ask([json({ id: '7701', form_id })]);
      expect(result).toMatchObject({ names: {} });
      expect(asked).toEqual([all]);
    },
  );

  it('is found for an id that came as a number, to the last digit', async () => {
    const { asked } = await ask([new Response('{"id":"7701","form_id":120214417700338821}')]);
    expect(asked).toEqual([all, '/v26.0/120214417700338821 name']);
  });

  it('is not asked for where there is no form', async () => {
    expect((await ask([json({ id: '7701' })])).asked).toEqual([all]);
  });
});

/** As `providers.md` lists them (https://developers.facebook.com/docs/graph-api/guides/error-handling). */
describe('what Meta answers instead of a lead', () => {
  it.each<[string, number, number | undefined, new (...args: never[]) => Error]>([
    ['an unknown error', 1, undefined, Later],
    ['a service that is down', 2, undefined, Later],
    ['too many calls of the app', 4, undefined, Later],
    ['too many calls of the user', 17, undefined, Later],
    ['too many calls of the page', 32, undefined, Later],
    ['a limit of the application', 341, undefined, Later],
    ['a block for misuse', 368, undefined, Later],
    ['too many calls', 613, undefined, Later],
    ['too many calls of the page, as a business use case', 80001, undefined, Later],
    ['too many leads read', 80005, undefined, Later],
    ['a code of no list', 4711, undefined, Later],
    ['a session that is over', 102, undefined, TokenRefused],
    ['a token that is over', 190, undefined, TokenRefused],
    ['an app that was removed', 190, 458, TokenRefused],
    ['a user who must log in', 190, 459, TokenRefused],
    ['a password that was changed', 190, 460, TokenRefused],
    ['a token that expired', 190, 463, TokenRefused],
    ['a user who is not confirmed', 190, 464, TokenRefused],
    ['a token that was revoked', 190, 467, TokenRefused],
    ['a lead that is gone', 100, 33, Gone],
  ])('is %s (code %i, subcode %p): %p', async (_, code, subcode, expected) => {
    const { result } = await ask([failure(code, subcode)]);
    expect(result).toBeInstanceOf(expected);
    expect(result).toMatchObject({
      message: `Graph API: code ${code}${subcode === undefined ? '' : `, subcode ${subcode}`}`,
    });
    expect((result as Error).constructor).toBe(expected);
  });

  it.each([10, 200, 210, 275, 294, 299])(
    'is no right to the lead (code %i), which a new token may bring',
    async (code) => {
      const { result, asked } = await ask([failure(code), failure(code)]);
      expect((result as Error).constructor).toBe(Refused);
      expect(result).toMatchObject({ message: `Graph API: code ${code}` });
      expect(asked).toEqual([all, basic]);
    },
  );

  it.each([199, 300])('is nothing of the kind (code %i)', async (code) => {
    expect((await ask([failure(code)])).result).toBeInstanceOf(Later);
  });

  it('is a field that Meta does not know, nor any other of ours: it may after a release', async () => {
    const { result, asked } = await ask([failure(100), failure(100, 1)]);
    expect(result).toBeInstanceOf(Later);
    expect(asked).toEqual([all, basic]);
  });

  it.each<[string, () => Response, string]>([
    ['an error, said with 200', () => failure(190, 460, { status: 200 }), 'Graph API: code 190, subcode 460'],
    ['an error, said with 500', () => failure(190, 463, { status: 500 }), 'Graph API: code 190, subcode 463'],
  ])('counts more than its status: %s', async (_, answer, message) => {
    const { result } = await ask([answer()]);
    expect(result).toBeInstanceOf(TokenRefused);
    expect(result).toMatchObject({ message });
  });

  it.each<[string, () => Answer, string]>([
    ['500', () => json({}, { status: 500 }), 'Graph API: 500'],
    ['502 with a page of HTML', () => new Response('<html>', { status: 502 }), 'Graph API: 502'],
    ['503 with nothing', () => new Response(null, { status: 503 }), 'Graph API: 503'],
    ['429', () => json({}, { status: 429 }), 'Graph API: 429'],
    ['404 without an error', () => json({}, { status: 404 }), 'Graph API: 404'],
    ['200 with a page of HTML', () => new Response('<html>'), 'Graph API: 200'],
    ['200 with nothing', () => new Response(''), 'Graph API: 200'],
    ['200 with half an answer', () => new Response(lead.slice(0, 60)), 'Graph API: 200'],
    ['200 with a list', () => json([{ id: '7701' }]), 'Graph API: 200'],
    ['200 with text', () => json('7701'), 'Graph API: 200'],
    ['200 with null', () => json(null), 'Graph API: 200'],
    ['200 with what nests too deep', () => new Response(`{"a":${'['.repeat(99)}${']'.repeat(99)}}`), 'Graph API: 200'],
    ['an error that is text', () => json({ error: 'down' }), 'Graph API: 200'],
    ['an error without a code', () => json({ error: { message: 'x' } }, { status: 400 }), 'Graph API: code 0'],
    ['an error whose code is text', () => json({ error: { code: '190' } }, { status: 400 }), 'Graph API: code 0'],
    ['no answer', () => new TypeError('fetch failed'), 'Graph API: no answer'],
    ['an answer that breaks off', () => new Response(brokenOff()), 'Graph API: no answer'],
  ])('is something to wait for: %s', async (_, answer, message) => {
    const { result } = await ask([answer()]);
    expect(result).toBeInstanceOf(Later);
    expect(result).toMatchObject({ message, retryAfter: undefined });
  });
});

const brokenOff = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from('{"id":'));
      controller.error(new Error('terminated'));
    },
  });

describe('how long to wait', () => {
  const usage = (...uses: unknown[]) => JSON.stringify({ '6041': uses });

  it.each<[string, Record<string, string>, number | undefined]>([
    [
      'minutes of Meta’s usage',
      { 'x-business-use-case-usage': usage({ type: 'leadgen', estimated_time_to_regain_access: 5 }) },
      300,
    ],
    [
      'the longest of several',
      {
        'x-business-use-case-usage': usage(
          { type: 'pages', estimated_time_to_regain_access: 2 },
          { type: 'leadgen', estimated_time_to_regain_access: 7 },
        ),
      },
      420,
    ],
    [
      'the longest of several pages',
      {
        'x-business-use-case-usage':
          '{"1":[{"estimated_time_to_regain_access":3}],"2":[{"estimated_time_to_regain_access":1}]}',
      },
      180,
    ],
    [
      'that of one among others that say nothing',
      { 'x-business-use-case-usage': usage({ type: 'pages' }, { estimated_time_to_regain_access: 4 }) },
      240,
    ],
    ['seconds of Retry-After', { 'retry-after': '90' }, 90],
    [
      'the longer of both',
      { 'retry-after': '90', 'x-business-use-case-usage': usage({ estimated_time_to_regain_access: 1 }) },
      90,
    ],
    [
      'not said where access is there',
      { 'x-business-use-case-usage': usage({ estimated_time_to_regain_access: 0 }) },
      undefined,
    ],
    [
      'not said where it lies in the past',
      { 'x-business-use-case-usage': usage({ estimated_time_to_regain_access: -3 }) },
      undefined,
    ],
    ['not said by text', { 'x-business-use-case-usage': usage({ estimated_time_to_regain_access: '5' }) }, undefined],
    ['not said by what is no JSON', { 'x-business-use-case-usage': '{"6041":' }, undefined],
    ['not said by another shape', { 'x-business-use-case-usage': '[5]' }, undefined],
    ['not said by a date', { 'retry-after': 'Thu, 05 Mar 2026 13:30:00 GMT' }, undefined],
    ['not said by a number without an end', { 'retry-after': '9'.repeat(20) }, undefined],
    ['not said', {}, undefined],
  ])('is %s', async (_, headers, retryAfter) => {
    const { result } = await ask([failure(80005, undefined, { status: 400, headers })]);
    expect(result).toBeInstanceOf(Later);
    expect(result).toMatchObject({ retryAfter });
  });

  it.each([429, 503])('is taken from an answer without an error too: %i', async (status) => {
    const { result } = await ask([new Response('slow down', { status, headers: { 'retry-after': '12' } })]);
    expect(result).toMatchObject({ message: `Graph API: ${status}`, retryAfter: 12 });
  });
});

it('what is told of a failure has no token in it, no address and nothing that Meta wrote', async () => {
  const quoting = new TypeError('fetch failed: https://graph.example/v26.0/7701?access_token=EAATESTTOKEN');
  for (const answer of [
    quoting,
    failure(190),
    failure(2),
    failure(100, 33),
    failure(200),
    new Response('EAATESTTOKEN'),
  ]) {
    const { result } = await ask([answer, answer]);
    const told = `${(result as Error).message} ${(result as Error).stack} ${JSON.stringify(result)} ${String((result as Error).cause)}`;
    expect(told).not.toMatch(/EAATESTTOKEN|graph\.example|Zoë/);
  }
});
