import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, it } from '@jest/globals';
import { newDataDir } from '../e2e/local-run.ts';
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

const token = 'fixture/acme/meta-token-1';
const named = (name: string) => ({ name });

it('makes a secret at run time, once, and keeps it over a restart beside those of the template', async () => {
  const dataDir = newDataDir();
  const run = await startFixture({ dataDir });
  const create = (more: object) => run.secrets.send(new CreateSecretCommand({ Name: token, ...more }));
  const made = await create({ SecretString: 'one', Description: 'A token', ClientRequestToken: 'a'.repeat(32) });
  expect(made).toMatchObject({
    ARN: expect.stringMatching(`^arn:aws:secretsmanager:us-east-1:000000000000:secret:${token}-\\w{6}$`),
    Name: token,
    VersionId: 'a'.repeat(32),
  });
  // The same call once more, as after an answer that was lost, is answered as before.
  expect(await create({ SecretString: 'one', ClientRequestToken: 'a'.repeat(32) })).toMatchObject({ ARN: made.ARN });
  await expect(create({ SecretString: 'two' })).rejects.toMatchObject(named('ResourceExistsException'));
  await expect(create({ Name: SecretId })).rejects.toMatchObject(named('ResourceExistsException'));
  await expect(create({ Name: 'a token' })).rejects.toMatchObject(named('InvalidParameterException'));
  await create({ Name: 'fixture/acme/empty' });
  await expect(create({ Name: 'fixture/acme/empty' })).rejects.toMatchObject(named('ResourceExistsException'));
  await run.secrets.send(new PutSecretValueCommand({ SecretId: token, SecretString: 'two' }));
  await run.kill('SIGKILL');

  await using again = await startFixture({ dataDir });
  const read = (id = '') => again.secrets.send(new GetSecretValueCommand({ SecretId: id }));
  for (const id of [token, made.ARN, made.ARN?.replace(/-\w{6}$/, '')]) {
    expect(await read(id)).toMatchObject({ Name: token, ARN: made.ARN, SecretString: 'two' });
  }
  await expect(read('fixture/acme/empty')).rejects.toMatchObject(named('ResourceNotFoundException'));
  const { SecretList = [] } = await again.secrets.send(new ListSecretsCommand({}));
  expect(SecretList.map(({ Name }) => Name)).toEqual([SecretId, token, 'fixture/acme/empty']);
  expect(again.settings.tenants.map(({ tenant }) => tenant)).toEqual(['acme']);
});

it('deletes a secret at once, after which its name is free, and makes one of the template again at the next start', async () => {
  const dataDir = newDataDir();
  const run = await startFixture({ dataDir });
  const put = (from: typeof run) => from.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'mine' }));
  const create = () => run.secrets.send(new CreateSecretCommand({ Name: token, SecretString: 'one' }));
  const remove = (id: string, ForceDeleteWithoutRecovery?: boolean) =>
    run.secrets.send(
      new DeleteSecretCommand({ SecretId: id, ...(ForceDeleteWithoutRecovery && { ForceDeleteWithoutRecovery }) }),
    );
  const { ARN } = await create();
  expect(await remove(token, true)).toMatchObject({ ARN, Name: token, DeletionDate: expect.any(Date) });
  await expect(run.secrets.send(new DescribeSecretCommand({ SecretId: token }))).rejects.toMatchObject(
    named('ResourceNotFoundException'),
  );
  await expect(remove(token)).rejects.toMatchObject(named('ResourceNotFoundException'));
  await expect(remove(token, true)).resolves.toBeDefined();
  expect(await create()).toMatchObject({ ARN });
  await remove(token);
  await remove(SecretId);
  await expect(put(run)).rejects.toMatchObject(named('ResourceNotFoundException'));
  await run.stop();

  await using again = await startFixture({ dataDir });
  const { SecretList = [] } = await again.secrets.send(new ListSecretsCommand({}));
  expect(SecretList).toMatchObject([{ Name: SecretId }]);
  await expect(put(again)).resolves.toBeDefined();
});

it('keeps the value before when the same call comes twice, as after an answer that was lost', async () => {
  await using run = await startFixture();
  const put = (SecretString: string, ClientRequestToken: string) =>
    run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }));
  await put('one', '1'.repeat(32));
  await put('two', '2'.repeat(32));
  await put('two', '2'.repeat(32));
  const before = await run.secrets.send(new GetSecretValueCommand({ SecretId, VersionStage: 'AWSPREVIOUS' }));
  expect(before).toMatchObject({ SecretString: 'one', VersionId: '1'.repeat(32) });
});
