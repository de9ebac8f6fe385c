import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { hubspotApp } from '../../../bin/hubspot/app.ts';
import { wantedEvents } from '../../../lambdas/sources/hubspot/subscription.ts';
import { serve } from '../../fixtures/http-server.ts';

async function appAt(subscriptions: unknown, status = 200) {
  const asked: { method: string | undefined; url: string | undefined; body: string }[] = [];
  const origin = await serve((request, response) => {
    void text(request).then((body) => {
      asked.push({ method: request.method, url: request.url, body });
      response.writeHead(status).end(JSON.stringify(subscriptions));
    });
  });
  return { app: hubspotApp(origin, { appId: '4711', key: 'eu1-key' }), asked };
}

describe('HubSpot’s app', () => {
  it('is told where to post to', async () => {
    const { app, asked } = await appAt({});
    await app.postTo('https://api.example.org/webhooks/hubspot');
    expect(asked).toEqual([
      {
        method: 'PUT',
        url: '/webhooks/v3/4711/settings?hapikey=eu1-key',
        body: '{"targetUrl":"https://api.example.org/webhooks/hubspot","throttling":{"maxConcurrentRequests":10,"period":"SECONDLY"}}',
      },
    ]);
  });

  it('is subscribed to what is missing, and what is off is woken', async () => {
    const { app, asked } = await appAt({
      results: [
        { id: '12', eventType: 'contact.creation', active: false },
        { id: 13, eventType: 'contact.propertyChange', propertyName: 'email', active: true },
        { id: '14', eventType: 'company.creation', active: false },
      ],
    });
    expect(await app.subscribe()).toEqual({ made: wantedEvents.length - 2, woken: 1 });
    const posted = asked.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body) as object);
    expect(posted).toContainEqual({ eventType: 'contact.privacyDeletion', active: true });
    expect(posted).toContainEqual({
      eventType: 'contact.propertyChange',
      propertyName: 'lifecyclestage',
      active: true,
    });
    expect(asked.filter(({ method }) => method === 'PATCH')).toEqual([
      { method: 'PATCH', url: '/webhooks/v3/4711/subscriptions/12?hapikey=eu1-key', body: '{"active":true}' },
    ]);
  });

  it.each([
    [401, 'HubSpot refuses the developer API key (401)'],
    [404, 'HubSpot knows no app 4711'],
    [429, 'HubSpot asks to come back later'],
    [503, 'HubSpot has a problem of its own (503)'],
    [400, 'HubSpot refuses the request (400)'],
  ])('that answers %i is told of in a sentence without the key', async (status, sentence) => {
    const { app } = await appAt({}, status);
    const error = await app.subscribe().then(
      () => new Error('it worked'),
      (one: unknown) => one as Error,
    );
    expect(error.message).toContain(sentence);
    expect(error.message).not.toContain('eu1-key');
  });

  it('that answers with something else is not understood', async () => {
    const { app } = await appAt({ nothing: true });
    await expect(app.subscribe()).rejects.toThrow('something that this version does not understand');
  });
});
