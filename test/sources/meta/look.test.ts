import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TokenRefused } from '../../../lambdas/core/failures.ts';
import { look } from '../../../lambdas/sources/meta/look.ts';
import { vendorAnswering } from '../../fixtures/vendor-answers.ts';

const seconds = (day: string) => Date.parse(day) / 1000;
const scopes = ['leads_retrieval', 'pages_manage_metadata', 'pages_read_engagement'];
const debugged = (more: object = {}) => ({
  json: { data: { is_valid: true, scopes, expires_at: 0, data_access_expires_at: 0, ...more } },
});
const callback = {
  object: 'page',
  callback_url: 'https://api.example.org/webhooks/here',
  active: true,
  fields: [{ name: 'leadgen', version: 'v26.0' }],
};
const healthy = {
  '111': { json: { id: '111', name: 'Acme' } },
  app: { json: { id: '900' } },
  debug_token: debugged(),
  '111/subscribed_apps': { json: { data: [{ id: '900', subscribed_fields: ['leadgen'] }] } },
  '900/subscriptions': { json: { data: [callback] } },
};
const error = (code: number) => ({ status: 400, json: { error: { code, message: 'no', type: 'OAuthException' } } });
const appSecret = 'b'.repeat(32);
const ills = async (answers: Parameters<typeof vendorAnswering>[0]) =>
  (await look(vendorAnswering({ ...healthy, ...answers }, { appSecret }).api)).filter(({ state }) => state !== 'ok');

describe('a look at Meta', () => {
  it('sees a token, what it may do, for how long, that the page’s leads are sent, and where to', async () => {
    const { api, asked } = vendorAnswering(healthy, { appSecret });
    const seen = await look(api);
    expect(seen.map(({ about, state }) => `${about} ${state}`)).toEqual([
      'token ok',
      'scopes ok',
      'expiry ok',
      'subscription ok',
      'webhook ok',
    ]);
    const proof = createHmac('sha256', appSecret).update('token-1').digest('hex');
    expect(Object.fromEntries(asked[0]?.query ?? [])).toMatchObject({
      access_token: 'token-1',
      appsecret_proof: proof,
    });
    const debug = asked.find(({ path }) => path === 'debug_token');
    expect(Object.fromEntries(debug?.query ?? [])).toEqual({
      input_token: 'token-1',
      access_token: `900|${appSecret}`,
    });
  });

  it.each<[string, Parameters<typeof vendorAnswering>[0], string, string, string]>([
    [
      'a permission that is missing',
      { debug_token: debugged({ scopes: scopes.slice(1) }) },
      'scopes',
      'lacks leads_retrieval',
      'npm run pages -- token 111',
    ],
    [
      'a token that ends soon',
      { debug_token: debugged({ expires_at: seconds('2026-12-10T08:00:00Z') }) },
      'expiry',
      'good until 2026-12-10, for 9 days more',
      'npm run pages -- token 111',
    ],
    [
      'access to data that ends sooner',
      { debug_token: debugged({ expires_at: seconds('2027-12-10'), data_access_expires_at: seconds('2026-11-30') }) },
      'expiry',
      'ended on 2026-11-30',
      'npm run pages -- token 111',
    ],
    [
      'a page whose leads go to another app only',
      { '111/subscribed_apps': { json: { data: [{ id: '1', subscribed_fields: ['leadgen'] }] } } },
      'subscription',
      'does not send the leads of page 111',
      'npm run connect -- meta --stage prod --tenant acme --page 111',
    ],
    [
      'an app that posts elsewhere',
      { '900/subscriptions': { json: { data: [{ ...callback, callback_url: 'https://old.example' }] } } },
      'webhook',
      'another address',
      '--app-id 900',
    ],
    [
      'an app without leads',
      { '900/subscriptions': { json: { data: [{ ...callback, fields: [{ name: 'feed' }] }] } } },
      'webhook',
      'not subscribed to leads',
      '--app-id 900',
    ],
    [
      'an app that is switched off',
      { '900/subscriptions': { json: { data: [{ ...callback, active: false }] } } },
      'webhook',
      'switched off',
      '--app-id 900',
    ],
    [
      'the secret of another app',
      { '111': error(100) },
      'token',
      'The app secret is not that of the app',
      '--app-secret-stdin',
    ],
  ])('sees %s', async (_, answers, about, cause, cure) => {
    expect(await ills(answers)).toMatchObject([
      { about, state: 'wrong', cause: expect.stringContaining(cause), cure: expect.stringContaining(cure) },
    ]);
  });

  it('says nothing of what only the app may ask, where it can’t ask', async () => {
    const { api, asked } = vendorAnswering(healthy);
    expect((await look(api)).map(({ about }) => about)).toEqual(['token', 'subscription']);
    expect(asked.map(({ path }) => path)).not.toContain('debug_token');
    expect(await ills({ debug_token: error(190), '900/subscriptions': error(190) })).toEqual([]);
  });

  it('throws where Meta does not accept the token', async () => {
    await expect(ills({ '111': error(190) })).rejects.toThrow(TokenRefused);
  });
});
