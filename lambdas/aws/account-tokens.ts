import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { answerWithin } from './deadlines.ts';

const client = new SecretsManagerClient({ maxAttempts: 2, requestHandler: answerWithin(5000) });

/** Keeps a token under this name; the one before stays readable beside it. The tags are those of everything of its stage. */
export async function saveToken(
  name: string,
  about: { description: string; tags: Record<string, string> },
  token: string,
): Promise<void> {
  const Tags = Object.entries(about.tags).map(([Key, Value]) => ({ Key, Value }));
  try {
    await client.send(
      new CreateSecretCommand({ Name: name, Description: about.description, SecretString: token, Tags }),
    );
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: token }));
  }
}

/** Deletes a token at once, so that the name is free again; nothing where there is none. */
export async function deleteToken(name: string): Promise<void> {
  try {
    await client.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
