import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, it } from '@jest/globals';
import { newDataDir } from '../e2e/local-run.ts';
import '../e2e/patience.ts';
import { startFixture } from './fixture.ts';

const SecretId = 'fixture/acme/some-key';

it('does not give a secret that nobody filled, keeps the one before when a new one is put, and all of it over a restart', async () => {
  const dataDir = newDataDir();
  const run = await startFixture({ dataDir });
  const value = async (from: typeof run, more: object = {}) =>
    (await from.secrets.send(new GetSecretValueCommand({ SecretId, ...more }))).SecretString;

  await expect(value(run)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'one' }));
  await expect(value(run, { VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'two' }));
  await run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'three' }));
  expect([await value(run), await value(run, { VersionStage: 'AWSPREVIOUS' })]).toEqual(['three', 'two']);
  await run.kill('SIGKILL');

  await using again = await startFixture({ dataDir });
  const { ARN, VersionIdsToStages = {} } = await again.secrets.send(new DescribeSecretCommand({ SecretId }));
  expect(Object.values(VersionIdsToStages).flat()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  expect(await value(again, { SecretId: ARN })).toBe('three');
  expect(await value(again, { VersionStage: 'AWSPREVIOUS' })).toBe('two');
  const { SecretList = [] } = await again.secrets.send(new ListSecretsCommand({}));
  expect(SecretList).toMatchObject([{ Name: SecretId, ARN }]);
  await expect(value(again, { SecretId: 'fixture/acme/other' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
