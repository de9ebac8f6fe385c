import { expect, it } from '@jest/globals';
import { Later, Refused, TokenRefused } from '../../../lambdas/core/failures.ts';
import { subscription } from '../../../lambdas/sources/close/subscription.ts';
import { failureIn, json, vendor } from '../../fixtures/listing-world.ts';

const url = 'https://leads.example/webhooks/it';
const webhook = (id: string, status: string, at = url) => ({ id: `whsub_${id}`, url: at, status });

async function check(...webhooks: unknown[]) {
  const { api, calls } = vendor(({ method }) => (method === 'PUT' ? json({}) : json({ data: webhooks })));
  const state = await subscription.check(api);
  return { state, asked: calls.map(({ method, path, body }) => `${method} ${path} ${body}`.trim()) };
}

it('a webhook that Close posts to us by is active', async () => {
  expect(await check(webhook('0', 'paused', 'https://other.example'), webhook('1', 'active'))).toEqual({
    state: { state: 'active' },
    asked: ['GET webhook/'],
  });
  expect((await check(webhook('1', 'paused'), webhook('2', 'active'))).state).toEqual({ state: 'active' });
});

it('one that Close paused is woken', async () => {
  expect(await check(null, webhook('1', 'paused'), webhook('2', 'active', `${url}2`))).toEqual({
    state: { state: 'woken', reason: 'Close had paused the webhook whsub_1; it is active again.' },
    asked: ['GET webhook/', 'PUT webhook/whsub_1/ {"status":"active"}'],
  });
});

it('one at a domain of the stage’s own is ours, too', async () => {
  expect((await check(webhook('1', 'active', 'https://hooks.acme.example/webhooks/it'))).state).toEqual({
    state: 'active',
  });
  expect((await check(webhook('1', 'active', 'https://hooks.acme.example/prod/webhooks/it'))).state.state).toBe('off');
});

it('where there is none, a person is told what makes one', async () => {
  expect((await check(webhook('1', 'active', 'https://other.example'))).state).toEqual({
    state: 'off',
    reason: `Close has no webhook for ${url}: npm run connect -- close makes one.`,
  });
});

it.each([
  ['a refused key', 401, TokenRefused],
  ['a key that may not see webhooks', 403, Refused],
  ['a failure', 500, Later],
])('%s is told for what it is', async (_, status, kind) => {
  const error = await failureIn(subscription.check(vendor(() => json({ error: 'SECRET-TOKEN' }, { status })).api));
  expect(error).toBeInstanceOf(kind);
  expect(error.message).not.toContain('SECRET');
  expect(error.message.includes('administrator')).toBe(status === 403);
});

it('an answer of another shape is asked for again later', async () => {
  expect(await failureIn(subscription.check(vendor(() => json([])).api))).toBeInstanceOf(Later);
});
