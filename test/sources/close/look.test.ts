import { describe, expect, it } from '@jest/globals';
import { TokenRefused } from '../../../lambdas/core/failures.ts';
import { look } from '../../../lambdas/sources/close/look.ts';
import { vendorAnswering } from '../../fixtures/vendor-answers.ts';

const me = { json: { id: 'user_1' } };
const events = ['created', 'updated', 'deleted', 'merged'].map((action) => ({ object_type: 'lead', action }));
const ours = { url: 'https://api.example.org/webhooks/here', status: 'active', events };
const webhooks = (...data: unknown[]) => ({ 'me/': me, 'webhook/': { json: { data } } });
const seen = async (answers: Parameters<typeof vendorAnswering>[0]) =>
  look(vendorAnswering(answers, { account: '' }).api);

describe('a look at Close', () => {
  it('sees that it accepts the key and posts to us', async () => {
    const { api, asked } = vendorAnswering(webhooks({ ...ours, url: 'https://other.example' }, null, ours), {
      account: '',
    });
    expect(await look(api)).toEqual([
      { about: 'token', state: 'ok', cause: 'Close accepts the API key.', cure: null },
      { about: 'webhook', state: 'ok', cause: `Close posts to ${ours.url}.`, cure: null },
    ]);
    expect(asked.map(({ authorization }) => authorization)).toEqual(Array(2).fill(`Basic ${btoa('token-1:')}`));
  });

  it.each([
    [
      'a webhook that it paused',
      [{ ...ours, status: 'paused' }],
      'webhook',
      'has paused',
      'npm run connect -- close --stage prod --tenant acme',
    ],
    [
      'none of ours',
      [{ ...ours, url: 'https://a1.execute-api.eu-central-1.amazonaws.com/prod/webhooks/here' }],
      'webhook',
      'no webhook for https://api.example.org',
      'npm run connect -- close --stage prod --tenant acme',
    ],
    [
      'one that leaves events out',
      [{ ...ours, events: events.slice(0, 2) }],
      'events',
      'lead.deleted, lead.merged',
      '--renew',
    ],
  ])('sees %s', async (_, data, about, cause, cure) => {
    const ill = (await seen(webhooks(...data))).find(({ state }) => state === 'wrong');
    expect(ill).toMatchObject({ about, cause: expect.stringContaining(cause), cure: expect.stringContaining(cure) });
  });

  it('leaves it to people whether another host is a domain of the stage', async () => {
    const [, seen1] = await seen(webhooks({ ...ours, url: 'https://hooks.acme.example/webhooks/here' }));
    expect(seen1).toMatchObject({
      about: 'webhook',
      state: 'unknown',
      cause: 'Close posts to https://hooks.acme.example, which is well if that is a domain of this stage.',
    });
  });

  it('sees a key that is not an administrator’s', async () => {
    const [, ill] = await seen({ 'me/': me, 'webhook/': { status: 403, json: {} } });
    expect(ill).toMatchObject({ about: 'scopes', state: 'wrong', cure: expect.stringContaining('administrator') });
  });

  it('throws where Close does not accept the key', async () => {
    await expect(seen({ 'me/': { status: 401, json: {} } })).rejects.toThrow(TokenRefused);
  });
});
