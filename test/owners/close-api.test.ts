import { describe, expect, it } from '@jest/globals';
import { Later, Refused } from '../../lambdas/core/failures.ts';
import { closeApi } from '../../lambdas/owners/close-api.ts';
import { lead } from '../fixtures/lead.ts';

/** `GET /lead/{id}/`, of people nobody knows. */
const closeLead = {
  id: 'lead_Zq3',
  display_name: 'Zoë Müller',
  name: '',
  status_id: 'stat_1',
  status_label: 'Qualified',
  contacts: [
    { id: 'cont_1', name: 'Zoë Müller', emails: [], phones: [] },
    {
      id: 'cont_2',
      name: 'Assistant of Zoë',
      title: 'Assistant',
      emails: [
        { type: 'office', email: 'office@example.org', email_lower: 'office@example.org' },
        { type: 'home', email: 'second@example.org' },
      ],
      phones: [{ type: 'office', phone: '+14155550100', phone_formatted: '+1 415-555-0100' }],
    },
  ],
  html_url: 'https://app.close.com/lead/lead_Zq3/',
  opportunities: [],
  tasks: [],
  'custom.cf_owner': 'user_Gh1',
};
const closeUser = { id: 'user_Gh1', first_name: 'Grace', last_name: 'Hopper', email: 'grace@example.com' };

const json = (content: unknown, init?: ResponseInit) => new Response(JSON.stringify(content), init);

/** The Close API with these answers by path, asked for a lead. */
async function lookUp(
  answers: Record<string, Response | Error>,
  {
    of = lead,
    apiKey = 'api_key_1',
    ownerField = 'cf_owner',
  }: { of?: typeof lead; apiKey?: string | undefined; ownerField?: string } = {},
) {
  const calls: { url: string; authorization: string | null }[] = [];
  const directory = closeApi({
    baseUrl: 'https://close.example/api/v1',
    ownerField,
    apiKeyOf: async () => apiKey || undefined,
    fetch: async (input, init) => {
      const { url } = new Request(input);
      calls.push({ url, authorization: new Headers(init?.headers).get('authorization') });
      const answer =
        answers[url.slice('https://close.example/api/v1/'.length)] ?? json({ error: 'not found' }, { status: 404 });
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
  });
  const result = await directory.lookUp(of).catch((error: unknown) => error);
  return { result, calls };
}

it('knows e-mail and phone of the first contact that has one, and the owner by the user’s name and e-mail', async () => {
  const { result, calls } = await lookUp({ 'lead/lead_Zq3/': json(closeLead), 'user/user_Gh1/': json(closeUser) });
  expect(result).toEqual({
    lead_owner: 'Grace Hopper',
    lead_owner_email: 'grace@example.com',
    lead_owner_id: 'user_Gh1',
    lead_email: 'office@example.org',
    phone: '+14155550100',
    status_label: 'Qualified',
    display_name: 'Zoë Müller',
  });
  // `api_key_1:` in base64: the key is the user name, the password is empty.
  const authorization = 'Basic YXBpX2tleV8xOg==';
  expect(calls).toEqual([
    { url: 'https://close.example/api/v1/lead/lead_Zq3/', authorization },
    { url: 'https://close.example/api/v1/user/user_Gh1/', authorization },
  ]);
});

const ownerIn = async (field: unknown, user: Response = json(closeUser)) => {
  const { result, calls } = await lookUp({
    'lead/lead_Zq3/': json({ ...closeLead, 'custom.cf_owner': field }),
    'user/user_Gh1/': user,
  });
  const { lead_owner, lead_owner_email } = result as Record<string, unknown>;
  return { owner: lead_owner, email: lead_owner_email, asked: calls.length };
};

describe('the owner', () => {
  it('may stand there by name', async () => {
    expect(await ownerIn('Grace Hopper')).toEqual({ owner: 'Grace Hopper', email: undefined, asked: 1 });
  });

  it('is the first of several users', async () => {
    expect(await ownerIn(['user_Gh1', 'user_other'])).toEqual({
      owner: 'Grace Hopper',
      email: 'grace@example.com',
      asked: 2,
    });
  });

  it.each([[null], [undefined], [''], ['None'], [[]], [{ id: 'user_Gh1' }]])(
    'is not known where the field holds %j',
    async (field) => {
      expect(await ownerIn(field)).toEqual({ owner: null, email: undefined, asked: 1 });
    },
  );

  it('is never part of an address that is not a user’s', async () => {
    expect(await ownerIn('user_Gh1/../../me')).toEqual({ owner: 'user_Gh1/../../me', email: undefined, asked: 1 });
  });

  it('is called by the e-mail where the user has no name', async () => {
    const { owner } = await ownerIn('user_Gh1', json({ ...closeUser, first_name: '', last_name: null }));
    expect(owner).toBe('grace@example.com');
  });

  it('is not known where the user is gone', async () => {
    expect(await ownerIn('user_Gh1', json({}, { status: 404 }))).toMatchObject({ owner: null });
  });

  it('is not looked for where no setting names the field', async () => {
    const { result, calls } = await lookUp({ 'lead/lead_Zq3/': json(closeLead) }, { ownerField: '' });
    expect(result).toMatchObject({ lead_owner: null, lead_email: 'office@example.org' });
    expect(calls).toHaveLength(1);
  });
});

describe('knows nothing of', () => {
  it('a lead that Close no longer has', async () => {
    expect((await lookUp({})).result).toBeUndefined();
  });

  it('a lead when Close answers with another', async () => {
    expect((await lookUp({ 'lead/lead_Zq3/': json({ ...closeLead, id: 'lead_other' }) })).result).toBeUndefined();
  });

  it.each([[[]], ['text'], [null], [{ data: [] }]])('a lead when the answer is %j', async (content) => {
    expect((await lookUp({ 'lead/lead_Zq3/': json(content) })).result).toBeUndefined();
  });
});

it('knows a lead without contacts, or with contacts that say little', async () => {
  const { result } = await lookUp({ 'lead/lead_Zq3/': json({ id: 'lead_Zq3', 'custom.cf_owner': 'Grace Hopper' }) });
  expect(result).toEqual({
    lead_owner: 'Grace Hopper',
    lead_email: null,
    phone: null,
    status_label: null,
    display_name: null,
  });
  const odd = await lookUp({
    'lead/lead_Zq3/': json({
      id: 'lead_Zq3',
      contacts: [
        { emails: null, phones: [{ phone: null }] },
        { emails: [{ email: 'a@example.org' }], phones: [] },
      ],
      'custom.cf_owner': 'Grace Hopper',
    }),
  });
  expect(odd.result).toMatchObject({ lead_owner: 'Grace Hopper', lead_email: 'a@example.org', phone: null });
});

describe('is not asked', () => {
  it.each([
    ['where the tenant has no API key', { apiKey: '' }],
    ['for a lead of another source', { of: { ...lead, source: 'meta' } }],
    ['for an id that could leave the path', { of: { ...lead, lead_id: '../me' } }],
  ])('%s', async (_, options) => {
    const { result, calls } = await lookUp({ 'lead/lead_Zq3/': json(closeLead) }, options);
    expect(result).toBeUndefined();
    expect(calls).toEqual([]);
  });
});

describe('when Close can’t answer now', () => {
  it.each<[string, Response | Error, string, number | undefined]>([
    [
      '429 with the time to wait',
      json({}, { status: 429, headers: { 'retry-after': '12' } }),
      'Close answered 429',
      12,
    ],
    ['429 without it', json({}, { status: 429 }), 'Close answered 429', undefined],
    ['500', json({}, { status: 500 }), 'Close answered 500', undefined],
    [
      '503 with no number of seconds',
      json({}, { status: 503, headers: { 'retry-after': 'soon' } }),
      'Close answered 503',
      undefined,
    ],
    ['a page of HTML', new Response('<html>'), 'Close answered with something else than JSON', undefined],
    ['no answer', new TypeError('fetch failed'), 'Close did not answer', undefined],
  ])('the lead waits: %s', async (_, answer, reason, retryAfter) => {
    const { result } = await lookUp({ 'lead/lead_Zq3/': answer });
    expect(result).toBeInstanceOf(Later);
    expect(result).toMatchObject({ message: reason, retryAfter });
  });

  it('the lead waits too where only the user can’t be read', async () => {
    const { result } = await lookUp({ 'lead/lead_Zq3/': json(closeLead), 'user/user_Gh1/': json({}, { status: 502 }) });
    expect(result).toBeInstanceOf(Later);
  });
});

it.each([400, 401, 402, 403])('refuses for good on %i', async (status) => {
  const { result } = await lookUp({ 'lead/lead_Zq3/': json({}, { status }) });
  expect(result).toBeInstanceOf(Refused);
  expect(result).toMatchObject({ message: `Close answered ${status}` });
});
