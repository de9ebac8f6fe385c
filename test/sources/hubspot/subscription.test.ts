import { expect, it } from '@jest/globals';
import { Later, TokenRefused } from '../../../lambdas/core/failures.ts';
import { appState, wantedEvents } from '../../../lambdas/sources/hubspot/subscription.ts';
import { failureIn, json, vendor } from '../../fixtures/listing-world.ts';

const url = 'https://leads.example/webhooks/hubspot';
const app = { appId: '19635961', developerKey: 'SECRET-KEY', url };
const subscribed = (event: string, active = true) => {
  const [eventType, propertyName] = event.split(' of ');
  return { id: '1', active, eventType, ...(propertyName && { propertyName }) };
};
const all = wantedEvents.map((event) => subscribed(event));

function hubspot({ targetUrl = url, results = all }: { targetUrl?: string; results?: unknown[] } = {}) {
  return vendor(({ path }) => (path.endsWith('/settings') ? json({ targetUrl }) : json({ results })));
}

it('an app that posts everything here is active', async () => {
  const { api, calls } = hubspot();
  expect(await appState(app, api)).toEqual({ state: 'active' });
  expect(calls.map(({ path, query }) => [path, query])).toEqual([
    ['webhooks/v3/19635961/settings', { hapikey: 'SECRET-KEY' }],
    ['webhooks/v3/19635961/subscriptions', { hapikey: 'SECRET-KEY' }],
  ]);
  for (const { headers } of calls) expect(headers.has('authorization')).toBe(false);
});

it('the newer names of events are the same events', async () => {
  const newer = all.map((one) => ({
    ...one,
    eventType: one.eventType?.replace('contact.', 'object.'),
    objectTypeId: '0-1',
  }));
  expect(await appState(app, hubspot({ results: newer }).api)).toEqual({ state: 'active' });
  const ofDeals = newer.map((one) => ({ ...one, objectTypeId: '0-3' }));
  expect(await appState(app, hubspot({ results: ofDeals }).api)).toMatchObject({ state: 'off' });
});

it('what is off is named', async () => {
  const results = all.flatMap((one) =>
    one.eventType === 'contact.merge' ? [] : one.propertyName === 'phone' ? [{ ...one, active: false }] : [one],
  );
  expect(await appState(app, hubspot({ results: [null, ...results] }).api)).toEqual({
    state: 'off',
    reason:
      "HubSpot's app 19635961 does not post contact.merge, contact.propertyChange of phone: activate these under its Webhooks.",
  });
});

it('an app that posts to another address is off', async () => {
  expect(await appState(app, hubspot({ targetUrl: 'https://old.example' }).api)).toEqual({
    state: 'off',
    reason: `HubSpot's app 19635961 posts to another address: enter ${url} as its target URL.`,
  });
});

it('an app that is not shown to the key is off', async () => {
  const { api } = vendor(() => json({}, { status: 404 }));
  expect(await appState(app, api)).toMatchObject({ state: 'off' });
});

it.each([
  ['a refused key', 401, TokenRefused],
  ['a key of something else', 403, TokenRefused],
  ['a failure', 500, Later],
  ['something else', 200, Later],
])('%s is told for what it is, without the key', async (_, status, kind) => {
  const error = await failureIn(appState(app, vendor(() => json({ message: 'SECRET-KEY' }, { status })).api));
  expect(error).toBeInstanceOf(kind);
  expect(error.message).not.toMatch(/SECRET|scope/);
});
