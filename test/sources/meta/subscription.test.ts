import { expect, it } from '@jest/globals';
import { Later, Refused, TokenRefused } from '../../../lambdas/core/failures.ts';
import { subscription } from '../../../lambdas/sources/meta/subscription.ts';
import { failureIn, json, vendor } from '../../fixtures/listing-world.ts';

const failure = (code: number, error_subcode?: number) =>
  json({ error: { message: 'SECRET-TOKEN', code, error_subcode } }, { status: 400 });
const app = (id: string | undefined, ...fields: string[]) => ({ id, subscribed_fields: fields });

interface Meta {
  apps: unknown[];
  ours?: () => Response;
  subscribed?: () => Response;
}

function metaWith({ apps, ours = () => json({ id: '77' }), subscribed = () => json({ success: true }) }: Meta) {
  const { api, calls } = vendor(({ method, path }) => {
    if (method === 'POST') return subscribed();
    return path === 'app' ? ours() : json({ data: apps });
  });
  return { api, asked: () => calls.map(({ method, path }) => `${method} ${path}`), calls };
}

it.each([
  ['our app gets the page’s leads', { apps: [app('5', 'feed'), app('77', 'feed', 'leadgen')] }],
  ['an app without an id does', { apps: [app(undefined, 'leadgen')] }],
  ['an app does and the token may not ask which is ours', { apps: [app('5', 'leadgen')], ours: () => failure(200) }],
])('a page is active where %s', async (_, meta) => {
  const { api, asked } = metaWith(meta);
  expect(await subscription.check(api)).toEqual({ state: 'active' });
  expect(asked()).toEqual(['GET 6041/subscribed_apps', 'GET app']);
});

it.each([
  ['no app gets its leads', []],
  ['our app gets other things only', [app('77', 'feed')]],
  ['only another app gets its leads', [app('5', 'leadgen'), app('77', 'feed')]],
])('a page is subscribed where %s', async (_, apps) => {
  const { api, asked, calls } = metaWith({ apps });
  expect(await subscription.check({ ...api, appSecret: 'meta-app-secret' })).toEqual({
    state: 'woken',
    reason: 'Meta sent no leads of page 6041 to our app; it was subscribed to them again.',
  });
  expect(asked().at(-1)).toBe('POST 6041/subscribed_apps');
  const posted = new URLSearchParams(calls.at(-1)?.body);
  expect(posted.get('subscribed_fields')).toBe('leadgen');
  expect(posted.get('appsecret_proof')).toMatch(/^[0-9a-f]{64}$/);
});

it('a person is told what to do where Meta does not subscribe it', async () => {
  const { api } = metaWith({ apps: [], subscribed: () => json({ success: false }) });
  expect(await subscription.check(api)).toMatchObject({
    state: 'off',
    reason: expect.stringContaining('npm run connect -- meta --page 6041'),
  });
});

it.each([
  ['a refused token', failure(190), TokenRefused],
  ['a missing permission', failure(200), Refused],
  ['a page that is not shown', failure(100, 33), Refused],
  ['a limit', failure(4), Later],
])('%s is told for what it is, whichever question meets it', async (_, answer, kind) => {
  const first = await failureIn(subscription.check(vendor(() => answer.clone()).api));
  const second = await failureIn(subscription.check(metaWith({ apps: [], subscribed: () => answer.clone() }).api));
  for (const error of [first, second]) {
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).not.toContain('SECRET');
  }
});

it('a token that is refused in between is no sign that all is well', async () => {
  const { api } = metaWith({ apps: [app('5', 'leadgen')], ours: () => failure(190) });
  expect(await failureIn(subscription.check(api))).toBeInstanceOf(TokenRefused);
});
