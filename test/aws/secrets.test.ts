import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { secretName, secretReader } from '../../lambdas/aws/secrets.ts';

const secretsManager = mockClient(SecretsManagerClient);
const notFilled = new ResourceNotFoundException({ message: 'no value', $metadata: {} });
const down = new Error('the secret store is down');
const minute = 60_000;

let time: number;
const now = () => time;
beforeEach(() => {
  secretsManager.reset();
  time = Date.parse('2026-03-05T13:30:00Z');
});

/** Each value has a version of its own: `version of new`. */
const versionOf = (value: string) => `version of ${value.trim()}`;
const holds = (current: string | Error, previous: string | Error = notFilled) => {
  for (const [VersionStage, value] of [
    ['AWSCURRENT', current],
    ['AWSPREVIOUS', previous],
  ] as const) {
    const asked = secretsManager.on(GetSecretValueCommand, { SecretId: 'north/key', VersionStage });
    if (value instanceof Error) asked.rejects(value);
    else asked.resolves({ SecretString: value, VersionId: versionOf(value) });
  }
};
const reads = () => secretsManager.commandCalls(GetSecretValueCommand, { VersionStage: 'AWSCURRENT' }).length;

describe('a secret', () => {
  it('has its value now and the one before the last rotation', async () => {
    holds('new', 'old');
    expect(await secretReader(now).read('north/key')).toEqual({
      current: 'new',
      version: 'version of new',
      previous: 'old',
    });
  });

  it('has no previous value before its first rotation', async () => {
    holds('new');
    expect(await secretReader(now).read('north/key')).toEqual({ current: 'new', version: 'version of new' });
  });

  it('has neither where nobody filled it', async () => {
    holds(notFilled);
    expect(await secretReader(now).read('north/key')).toEqual({});
    holds('  \n');
    expect(await secretReader(now).read('north/key')).toEqual({});
  });

  it('says which version it is: another one after each change, also to the same value', async () => {
    const { reread } = secretReader(now);
    const asked = secretsManager.on(GetSecretValueCommand, { SecretId: 'north/key', VersionStage: 'AWSCURRENT' });
    secretsManager.on(GetSecretValueCommand, { VersionStage: 'AWSPREVIOUS' }).rejects(notFilled);
    asked.resolves({ SecretString: 'EAA', VersionId: '5f1c' });
    expect(await reread('north/key')).toEqual({ current: 'EAA', version: '5f1c' });
    asked.resolves({ SecretString: 'EAA', VersionId: '9d2e' });
    expect(await reread('north/key')).toEqual({ current: 'EAA', version: '9d2e' });
  });

  it('is read without the line break that people paste with it', async () => {
    holds('new\n', ' old ');
    expect(await secretReader(now).read('north/key')).toEqual({
      current: 'new',
      version: 'version of new',
      previous: 'old',
    });
  });
});

describe('what was read', () => {
  it('is kept for five minutes', async () => {
    const { read } = secretReader(now);
    holds('first');
    await read('north/key');
    holds('second');
    time += 5 * minute - 1;
    expect(await read('north/key')).toEqual({ current: 'first', version: 'version of first' });
    time += 1;
    expect(await read('north/key')).toEqual({ current: 'second', version: 'version of second' });
    expect(reads()).toBe(2);
  });

  it('is read once for all who ask at the same time', async () => {
    const { read } = secretReader(now);
    holds('first');
    await Promise.all([read('north/key'), read('north/key'), read('north/key')]);
    expect(reads()).toBe(1);
  });

  it('is forgotten where it was a failure', async () => {
    const { read } = secretReader(now);
    holds(down);
    await expect(read('north/key')).rejects.toThrow('the secret store is down');
    holds('first');
    expect(await read('north/key')).toEqual({ current: 'first', version: 'version of first' });
  });

  it('is good for an hour while the secret store is down', async () => {
    const { read } = secretReader(now);
    holds('first');
    await read('north/key');
    holds(down);
    time += 59 * minute;
    expect(await read('north/key')).toEqual({ current: 'first', version: 'version of first' });
    time += 2 * minute;
    await expect(read('north/key')).rejects.toThrow('the secret store is down');
    holds('second');
    expect(await read('north/key')).toEqual({ current: 'second', version: 'version of second' });
  });

  it('is good for everybody who asks while the secret store is down', async () => {
    const { read } = secretReader(now);
    holds('first');
    await read('north/key');
    holds(down);
    time += 10 * minute;
    expect(await Promise.all([read('north/key'), read('north/key')])).toEqual([
      { current: 'first', version: 'version of first' },
      { current: 'first', version: 'version of first' },
    ]);
  });
});

describe('reading anew', () => {
  it('happens each time that it is asked for', async () => {
    const { read, reread } = secretReader(now);
    holds('first');
    await read('north/key');
    holds('second', 'first');
    expect(await reread('north/key')).toEqual({ current: 'second', version: 'version of second', previous: 'first' });
    expect(await read('north/key')).toEqual({ current: 'second', version: 'version of second', previous: 'first' });
    expect(await reread('north/key')).toEqual({ current: 'second', version: 'version of second', previous: 'first' });
    expect(reads()).toBe(3);
  });

  it('happens at once, and then at most as often as is said', async () => {
    const { reread } = secretReader(now);
    holds('first');
    expect(await reread('north/key', 30_000)).toEqual({ current: 'first', version: 'version of first' });
    time += 29_999;
    expect(await reread('north/key', 30_000)).toBeUndefined();
    expect(reads()).toBe(1);
    time += 1;
    expect(await reread('north/key', 30_000)).toEqual({ current: 'first', version: 'version of first' });
    expect(reads()).toBe(2);
  });

  it('is counted for each secret by itself', async () => {
    const { reread } = secretReader(now);
    holds('first');
    secretsManager
      .on(GetSecretValueCommand, { SecretId: 'south/key' })
      .resolves({ SecretString: 'other', VersionId: versionOf('other') });
    await reread('north/key', 30_000);
    expect(await reread('south/key', 30_000)).toEqual({
      current: 'other',
      version: 'version of other',
      previous: 'other',
    });
  });

  it('does not lose what is known where the secret store is down', async () => {
    const { read, reread } = secretReader(now);
    holds('first');
    await read('north/key');
    holds(down);
    expect(await reread('north/key', 30_000)).toEqual({ current: 'first', version: 'version of first' });
    expect(await read('north/key')).toEqual({ current: 'first', version: 'version of first' });
  });
});

it('a secret’s name is the pattern with the names filled in', () => {
  expect(secretName('lead-relay/prod/{tenant}/{source}-signature-key', { tenant: 'north', source: 'close' })).toBe(
    'lead-relay/prod/north/close-signature-key',
  );
});
