import { describe, expect, it } from '@jest/globals';
import { handshake } from '../../../lambdas/sources/meta/handshake.ts';

const north = { tenant: 'north', value: 'blue-harbour-42' };
const south = { tenant: 'south', value: 'ein Wort für Süden' };

/** What Meta’s console sends, with other values; one that is `undefined` is left out. */
const answer = (change: Record<string, string | undefined> = {}, tokens = [north, south]) => {
  const said = {
    'hub.mode': 'subscribe',
    'hub.challenge': '1158201444',
    'hub.verify_token': 'blue-harbour-42',
    ...change,
  };
  const query = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return handshake(
    {
      method: 'GET',
      url: 'https://relay.example/prod/webhooks/meta',
      headers: {},
      query,
      body: Buffer.alloc(0),
    },
    tokens,
  );
};

describe('Meta’s test of the address', () => {
  it('is answered with the challenge and nothing else', () => expect(answer()).toBe('1158201444'));

  it('knows the token of every tenant, and the previous one still', () => {
    expect(answer({ 'hub.verify_token': 'ein Wort für Süden' })).toBe('1158201444');
    expect(answer({}, [{ tenant: 'north', value: 'the next token' }, north])).toBe('1158201444');
  });

  it.each([['0'], ['007'], ['9'.repeat(64)]])('gives back the challenge %s as it came', (challenge) => {
    expect(answer({ 'hub.challenge': challenge })).toBe(challenge);
  });

  it.each([
    ['another mode', { 'hub.mode': 'unsubscribe' }],
    ['a mode in capitals', { 'hub.mode': 'SUBSCRIBE' }],
    ['no mode', { 'hub.mode': undefined }],
    ['no challenge', { 'hub.challenge': undefined }],
    ['an empty challenge', { 'hub.challenge': '' }],
    ['a challenge that is a script', { 'hub.challenge': '<script>alert(1)</script>' }],
    ['a challenge that is a page', { 'hub.challenge': '1158201444<br>' }],
    ['a challenge on two lines', { 'hub.challenge': '1158201444\n' }],
    ['a challenge in other digits', { 'hub.challenge': '١١٥٨' }],
    ['a challenge of 65 digits', { 'hub.challenge': '9'.repeat(65) }],
    ['another token', { 'hub.verify_token': 'red-harbour-42' }],
    ['a token that begins like ours', { 'hub.verify_token': 'blue-harbour-4' }],
    ['a token that ends like ours', { 'hub.verify_token': 'a blue-harbour-42' }],
    ['a token in capitals', { 'hub.verify_token': 'BLUE-HARBOUR-42' }],
    ['an empty token', { 'hub.verify_token': '' }],
    ['no token', { 'hub.verify_token': undefined }],
    ['a token that is a list', { 'hub.verify_token': undefined, 'hub.verify_token[]': 'blue-harbour-42' }],
    ['a token of a million letters', { 'hub.verify_token': 'b'.repeat(1_000_000) }],
    [
      'names with underscores, as other languages read them',
      {
        'hub.mode': undefined,
        'hub.challenge': undefined,
        'hub.verify_token': undefined,
        hub_mode: 'subscribe',
        hub_challenge: '1158201444',
        hub_verify_token: 'blue-harbour-42',
      },
    ],
  ])('is not answered with %s', (_, change) => expect(answer(change)).toBeUndefined());

  it('is not answered where there is no token, and never by an empty one', () => {
    expect(answer({}, [])).toBeUndefined();
    expect(answer({ 'hub.verify_token': '' }, [{ tenant: 'north', value: '' }])).toBeUndefined();
    expect(answer({ 'hub.verify_token': undefined }, [{ tenant: 'north', value: '' }])).toBeUndefined();
  });
});
