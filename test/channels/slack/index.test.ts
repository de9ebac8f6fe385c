import { describe, expect, it } from '@jest/globals';
import { slack } from '../../../lambdas/channels/slack/index.ts';
import { Later, Refused } from '../../../lambdas/core/failures.ts';
import { alert } from '../../fixtures/alert.ts';
import { enrichedLead } from '../../fixtures/lead.ts';

const url = 'https://hooks.slack.com/services/T0/B0/secret-part';
const newUrl = 'https://hooks.slack.com/services/T0/B0/another-secret';

/** A Slack that gives these answers in turn, and what was posted to it. */
function slackThatAnswers(...answers: (Response | Error)[]) {
  const posts: { to: string; body: unknown }[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    posts.push({ to: new Request(input).url, body: JSON.parse(init?.body as string) });
    const answer = answers[posts.length - 1];
    if (answer === undefined) throw new Error('nobody expected another post');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { posts, fetch };
}

/** Sends an alert; `urls` are what the secret store says, one for each time that it is asked anew. */
async function send(fetch: typeof globalThis.fetch, urls: (string | undefined)[] = [url]) {
  const asked: { tenant: string; anew: boolean }[] = [];
  const channel = slack({
    fetch,
    urlOf: async (tenant, anew) => {
      asked.push({ tenant, anew });
      return urls[anew ? urls.length - 1 : 0];
    },
  });
  const result = await channel.send(alert, enrichedLead).catch((error: unknown) => error);
  return { result, asked };
}

it('posts the message to the tenant’s URL', async () => {
  const { posts, fetch } = slackThatAnswers(new Response('ok'));
  const { result, asked } = await send(fetch);
  expect(result).toBe('ok');
  expect(asked).toEqual([{ tenant: 'north', anew: false }]);
  expect(posts).toEqual([
    { to: url, body: expect.objectContaining({ text: 'New lead: Zoë Müller (Potential) for Grace Hopper' }) },
  ]);
  expect(posts[0]?.body).toHaveProperty('blocks.0.block_id', 'lead_Zq3');
});

describe('waits for Slack', () => {
  it.each([
    ['a 200 that does not say ok', new Response('no_text'), 'Slack answered without ok', undefined],
    ['an empty 200', new Response(''), 'Slack answered without ok', undefined],
    ['a 500', new Response('rollup_error', { status: 500 }), 'Slack answered 500', undefined],
    [
      'a 503 that says for how long',
      new Response('', { status: 503, headers: { 'retry-after': '7' } }),
      'Slack answered 503',
      7,
    ],
    [
      'a 429 that says for how long',
      new Response('rate_limited', { status: 429, headers: { 'retry-after': '30' } }),
      'Slack answered 429',
      30,
    ],
    [
      'a 429 that says it in no number',
      new Response('', { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } }),
      'Slack answered 429',
      undefined,
    ],
    [
      'no answer in time',
      new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
      'Slack did not answer',
      undefined,
    ],
    ['a broken connection', new TypeError(`fetch failed: ${url}`), 'Slack did not answer', undefined],
  ])('after %s', async (_, answer, reason, retryAfter) => {
    const { posts, fetch } = slackThatAnswers(answer);
    const { result, asked } = await send(fetch);
    expect(result).toBeInstanceOf(Later);
    expect(result).toMatchObject({ message: reason, retryAfter });
    expect(posts).toHaveLength(1);
    expect(asked.some(({ anew }) => anew)).toBe(false);
  });
});

describe('gives up on Slack', () => {
  it.each([
    [400, 'invalid_payload'],
    [403, 'action_prohibited'],
    [404, 'no_service'],
    [410, 'channel_is_archived'],
  ])('after a %i, once the URL was read anew and is the same', async (status, body) => {
    const { posts, fetch } = slackThatAnswers(new Response(body, { status }));
    const { result, asked } = await send(fetch);
    expect(result).toBeInstanceOf(Refused);
    expect(result).toMatchObject({ message: `Slack answered ${status}` });
    expect(posts).toHaveLength(1);
    expect(asked.map(({ anew }) => anew)).toEqual([false, true]);
  });

  it('where the URL is missing', async () => {
    const { posts, fetch } = slackThatAnswers();
    const { result } = await send(fetch, [undefined]);
    expect(result).toBeInstanceOf(Refused);
    expect(result).toMatchObject({ message: 'the webhook URL is missing or not one of Slack' });
    expect(posts).toEqual([]);
  });

  it('where the new URL is refused too, and asks no third time', async () => {
    const { posts, fetch } = slackThatAnswers(new Response('', { status: 410 }), new Response('', { status: 404 }));
    const { result } = await send(fetch, [url, newUrl]);
    expect(result).toMatchObject({ message: 'Slack answered 404' });
    expect(posts.map(({ to }) => to)).toEqual([url, newUrl]);
  });
});

it('sends to the new URL where it was replaced', async () => {
  const { posts, fetch } = slackThatAnswers(new Response('no_service', { status: 404 }), new Response('ok'));
  const { result } = await send(fetch, [url, newUrl]);
  expect(result).toBe('ok');
  expect(posts.map(({ to }) => to)).toEqual([url, newUrl]);
});

it('sends once the missing URL was filled in', async () => {
  const { posts, fetch } = slackThatAnswers(new Response('ok'));
  const { result } = await send(fetch, [undefined, url]);
  expect(result).toBe('ok');
  expect(posts.map(({ to }) => to)).toEqual([url]);
});

it('never says the URL in an error', async () => {
  const answers = [
    new TypeError(`connect ECONNREFUSED ${url}`),
    new Response(url, { status: 500, statusText: 'secret-part' }),
    new Response(url, { status: 404 }),
    new Response(url),
  ];
  for (const answer of answers) {
    const { result } = await send(slackThatAnswers(answer).fetch);
    const error = result as Error;
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(
      'secret-part',
    );
  }
});
