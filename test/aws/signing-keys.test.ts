import { describe, expect, it } from '@jest/globals';
import type { Secret } from '../../lambdas/aws/secrets.ts';
import { signingKeys } from '../../lambdas/aws/signing-keys.ts';
import { Unavailable } from '../../lambdas/core/failures.ts';
import type { Source } from '../../lambdas/core/source.ts';
import { close } from '../../lambdas/sources/close/index.ts';
import { meta } from '../../lambdas/sources/meta/index.ts';

const [first, second, third] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];

/** The keys of two tenants, out of these secrets. */
function keysFrom(
  secrets: Record<string, Secret | Error>,
  fresh: Record<string, Secret | undefined> = {},
  formOf = ({ keyForm }: Source) => keyForm,
) {
  const known = { ...secrets };
  const rereads: { name: string; atMostEvery: number | undefined }[] = [];
  const read = async (name: string) => {
    const secret = known[name];
    if (secret instanceof Error) throw secret;
    return secret ?? {};
  };
  const reread = async (name: string, atMostEvery?: number) => {
    rereads.push({ name, atMostEvery });
    const secret = fresh[name];
    if (secret) known[name] = secret;
    return secret;
  };
  const from = { tenants: ['north', 'south'], pattern: 'relay/{tenant}/{source}-key', formOf };
  return { ...signingKeys({ read, reread }, from), rereads };
}

describe('the keys that may sign', () => {
  it('are the current and previous ones of every tenant', async () => {
    const { keysOf } = keysFrom({
      'relay/north/close-key': { current: first, previous: second },
      'relay/south/close-key': { current: third },
    });
    expect(await keysOf(close)).toEqual({
      keys: [
        { tenant: 'north', value: first },
        { tenant: 'north', value: second },
        { tenant: 'south', value: third },
      ],
      unusable: false,
    });
  });

  it.each<[string, Secret]>([
    ['missing', {}],
    ['a placeholder', { current: 'changeme' }],
    ['too short', { current: first.slice(1) }],
    ['too long', { current: `${first}a` }],
    ['not hex', { current: 'z'.repeat(64) }],
  ])('do not hold one that is %s, and say so', async (_, secret) => {
    const { keysOf } = keysFrom({ 'relay/north/close-key': { current: first }, 'relay/south/close-key': secret });
    expect(await keysOf(close)).toEqual({ keys: [{ tenant: 'north', value: first }], unusable: true });
  });

  it('still hold the current one where the previous was no key', async () => {
    const { keysOf } = keysFrom({
      'relay/north/close-key': { current: first, previous: 'changeme' },
      'relay/south/close-key': { current: third },
    });
    expect((await keysOf(close)).keys).toEqual([
      { tenant: 'north', value: first },
      { tenant: 'south', value: third },
    ]);
  });

  it('are unavailable where they can’t be read', async () => {
    const { keysOf } = keysFrom({
      'relay/north/close-key': { current: first },
      'relay/south/close-key': new Error('down'),
    });
    const error = await keysOf(close).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ part: 'key', cause: new Error('down') });
  });
});

describe('the keys read anew', () => {
  it('are all of them, also where only one tenant’s was read', async () => {
    const { freshKeysOf } = keysFrom(
      { 'relay/north/close-key': { current: first }, 'relay/south/close-key': { current: second } },
      { 'relay/south/close-key': { current: third, previous: second } },
    );
    expect(await freshKeysOf(close)).toEqual({
      keys: [
        { tenant: 'north', value: first },
        { tenant: 'south', value: third },
        { tenant: 'south', value: second },
      ],
      unusable: false,
    });
  });

  it('are none where that was done a moment ago', async () => {
    const { freshKeysOf } = keysFrom({ 'relay/north/close-key': { current: first } });
    expect(await freshKeysOf(close)).toBeUndefined();
  });

  it('are read at most every 30 s, for each tenant', async () => {
    const { freshKeysOf, rereads } = keysFrom({ 'relay/north/close-key': { current: first } });
    await freshKeysOf(close);
    expect(rereads).toEqual([
      { name: 'relay/north/close-key', atMostEvery: 30_000 },
      { name: 'relay/south/close-key', atMostEvery: 30_000 },
    ]);
  });
});

describe('what else is kept as keys are, such as verify tokens,', () => {
  it('has a form of its own', async () => {
    const { keysOf } = keysFrom(
      { 'relay/north/meta-key': { current: 'blue-harbour-42' }, 'relay/south/meta-key': { current: 'two words' } },
      {},
      () => /^\S+$/,
    );
    expect(await keysOf(meta)).toEqual({ keys: [{ tenant: 'north', value: 'blue-harbour-42' }], unusable: true });
  });

  it('is of its source: the same secrets are keys of another form for another', async () => {
    const { keysOf } = keysFrom({
      'relay/north/meta-key': { current: 'a'.repeat(32) },
      'relay/south/meta-key': { current: 'b'.repeat(64) },
      'relay/north/close-key': { current: 'c'.repeat(64) },
      'relay/south/close-key': { current: 'd'.repeat(32) },
    });
    expect((await keysOf(meta)).keys).toEqual([{ tenant: 'north', value: 'a'.repeat(32) }]);
    expect((await keysOf(close)).keys).toEqual([{ tenant: 'north', value: 'c'.repeat(64) }]);
  });
});
