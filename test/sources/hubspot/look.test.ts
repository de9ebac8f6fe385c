import { describe, expect, it } from '@jest/globals';
import { TokenRefused } from '../../../lambdas/core/failures.ts';
import { look } from '../../../lambdas/sources/hubspot/look.ts';
import { wantedEvents } from '../../../lambdas/sources/hubspot/subscription.ts';
import { vendorAnswering } from '../../fixtures/vendor-answers.ts';

const tokenInfo = 'oauth/v2/private-apps/get/access-token-info';
const scopes = ['crm.objects.contacts.read', 'crm.objects.owners.read'];
const healthy = {
  'crm/v3/objects/contacts': { json: { results: [] } },
  [tokenInfo]: { json: { userId: 1, hubId: 111, appId: 2, scopes } },
};
const results = wantedEvents.map((event) => {
  const [eventType, propertyName] = event.split(' of ');
  return { eventType, propertyName, active: true };
});
const withApp = (settings: object, subscriptions: unknown[] = results) => ({
  ...healthy,
  'webhooks/v3/4711/settings': { json: settings },
  'webhooks/v3/4711/subscriptions': { json: { results: subscriptions } },
});
const developerKey = '4711:eu1-0123456789abcdef';
const ills = async (...of: Parameters<typeof vendorAnswering>) =>
  (await look(vendorAnswering(...of).api)).filter(({ state }) => state !== 'ok');

describe('a look at HubSpot', () => {
  it('sees a token that is the portal’s and may do all that is needed', async () => {
    const { api, asked } = vendorAnswering(healthy);
    expect(await look(api)).toEqual([
      { about: 'token', state: 'ok', cause: 'HubSpot accepts the token of portal 111.', cure: null },
      { about: 'scopes', state: 'ok', cause: 'The token of portal 111 may do all that is needed.', cure: null },
    ]);
    expect(asked[1]).toMatchObject({ path: tokenInfo, body: '{"tokenKey":"token-1"}' });
  });

  it('sees a scope that is missing', async () => {
    const answers = { ...healthy, [tokenInfo]: { json: { hubId: 111, scopes: scopes.slice(0, 1) } } };
    expect(await ills(answers)).toMatchObject([
      {
        about: 'scopes',
        cause: 'The token of portal 111 lacks crm.objects.owners.read.',
        cure: expect.stringContaining('npm run portals -- token 111 --stage prod --tenant acme'),
      },
    ]);
  });

  it.each([
    ['the token itself', { ...healthy, [tokenInfo]: { json: { hubId: 999, scopes } } }],
    [
      'the account',
      { ...healthy, [tokenInfo]: { status: 404, json: {} }, 'account-info/v3/details': { json: { portalId: 999 } } },
    ],
  ])('sees a token of another portal, by what %s says', async (_, answers) => {
    expect(await ills(answers)).toMatchObject([
      {
        about: 'token',
        cause: 'The token kept for portal 111 is that of portal 999.',
        cure: 'npm run portals -- token 111 --stage prod --tenant acme',
      },
    ]);
  });

  it('says nothing of what a token of another kind does not say', async () => {
    expect(await ills({ 'crm/v3/objects/contacts': { json: { results: [] } } })).toEqual([]);
  });

  it.each([401, 403])('throws where HubSpot answers %i', async (status) => {
    await expect(ills({ 'crm/v3/objects/contacts': { status, json: {} } })).rejects.toThrow(TokenRefused);
  });

  it.each<[string, object, unknown[] | undefined, string]>([
    ['posts elsewhere', { targetUrl: 'https://old.example/webhooks/hubspot' }, undefined, 'posts to another address'],
    [
      'has a subscription off',
      { targetUrl: 'https://api.example.org/webhooks/here' },
      results.map((one, index) => ({ ...one, active: index > 0 })),
      'does not post contact.creation',
    ],
  ])('sees an app that %s', async (_, settings, subscriptions, cause) => {
    expect(await ills(withApp(settings, subscriptions), { developerKey })).toMatchObject([
      {
        about: 'webhook',
        cause: expect.stringContaining(cause),
        cure: 'npm run connect -- hubspot --stage prod --tenant acme --app-id 4711 --developer-key-stdin',
      },
    ]);
  });

  it('sees an app that posts here, and a developer key that is refused', async () => {
    const settings = { targetUrl: 'https://api.example.org/webhooks/here' };
    expect(await ills(withApp(settings), { developerKey })).toEqual([]);
    const refused = { ...healthy, 'webhooks/v3/4711/settings': { status: 401, json: {} } };
    expect(await ills(refused, { developerKey })).toMatchObject([
      { about: 'webhook', state: 'wrong', cause: expect.stringContaining('refuses the developer API key') },
    ]);
  });
});
