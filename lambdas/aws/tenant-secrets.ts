import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { answerWithin } from './deadlines.ts';

const client = new SecretsManagerClient({ maxAttempts: 2, requestHandler: answerWithin(2000) });

/** Whether somebody filled a secret in; it is not read for that. */
export async function isFilled(name: string): Promise<boolean> {
  const found = await unlessMissing(client.send(new DescribeSecretCommand({ SecretId: name })));
  return Object.values(found?.VersionIdsToStages ?? {}).some((stages) => stages.includes('AWSCURRENT'));
}

/** The value in force as of now; `undefined` where nobody filled it in. */
export async function valueNow(name: string): Promise<string | undefined> {
  const found = await unlessMissing(client.send(new GetSecretValueCommand({ SecretId: name })));
  return found?.SecretString?.trim() || undefined;
}

/** Replaces the value of a secret that the stage made; the one before stays readable beside it. False where there is no such secret. */
export async function fill(name: string, value: string): Promise<boolean> {
  const asked = new PutSecretValueCommand({ SecretId: name, SecretString: value });
  return (await unlessMissing(client.send(asked))) !== undefined;
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
