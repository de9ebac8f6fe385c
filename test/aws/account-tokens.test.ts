import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { deleteToken, saveToken } from '../../lambdas/aws/account-tokens.ts';

const secretsManager = mockClient(SecretsManagerClient);
beforeEach(() => void secretsManager.reset());

const name = 'lead-relay/prod/north/meta-token-6041';
const exists = new ResourceExistsException({ message: 'exists', $metadata: {} });
const missing = new ResourceNotFoundException({ message: 'missing', $metadata: {} });
const down = new Error('the secret store is down');
const about = { description: 'Page 6041 of north', tags: { app: 'lead-relay', stage: 'prod' } };
const asked = () => secretsManager.calls().map(({ args: [command] }) => (command as { input: object }).input);

describe('a token', () => {
  it('gets a secret of its own the first time, with the tags of its stage', async () => {
    secretsManager.on(CreateSecretCommand).resolves({});
    await saveToken(name, about, 'EAA-1');
    expect(asked()).toEqual([
      {
        Name: name,
        Description: 'Page 6041 of north',
        SecretString: 'EAA-1',
        Tags: [
          { Key: 'app', Value: 'lead-relay' },
          { Key: 'stage', Value: 'prod' },
        ],
      },
    ]);
  });

  it('becomes a new version of its secret afterwards, so that the one before stays readable beside it', async () => {
    secretsManager.on(CreateSecretCommand).rejects(exists);
    secretsManager.on(PutSecretValueCommand).resolves({});
    await saveToken(name, about, 'EAA-2');
    expect(asked().slice(1)).toEqual([{ SecretId: name, SecretString: 'EAA-2' }]);
  });

  it('is not kept in silence where it could not be', async () => {
    secretsManager.on(CreateSecretCommand).rejects(down);
    await expect(saveToken(name, about, 'EAA-1')).rejects.toThrow(down);
    secretsManager.on(CreateSecretCommand).rejects(exists);
    secretsManager.on(PutSecretValueCommand).rejects(down);
    await expect(saveToken(name, about, 'EAA-1')).rejects.toThrow(down);
  });

  it('is deleted at once, so that its name is free again', async () => {
    secretsManager.on(DeleteSecretCommand).resolves({});
    await deleteToken(name);
    expect(asked()).toEqual([{ SecretId: name, ForceDeleteWithoutRecovery: true }]);
  });

  it('that is not there is deleted already', async () => {
    secretsManager.on(DeleteSecretCommand).rejects(missing);
    await expect(deleteToken(name)).resolves.toBeUndefined();
  });

  it('is not deleted in silence where it could not be', async () => {
    secretsManager.on(DeleteSecretCommand).rejects(down);
    await expect(deleteToken(name)).rejects.toThrow(down);
  });
});
