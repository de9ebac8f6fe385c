import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { secretName } from '../lambdas/aws/secrets.ts';
import type { Account } from '../lambdas/core/account.ts';
import { secretNames } from '../lib/names.ts';
import { CommandError } from './command.ts';
import type { Stage } from './stage.ts';

type AccountId = Pick<Account, 'tenant' | 'source' | 'id'>;

/** A secret that the stage made for its tenant, to read and to fill. */
export function stageSecret(
  { access, settings, tenant, source }: Stage,
  which: 'signatureKey' | 'verifyToken' | 'closeApiKey',
) {
  const client = new SecretsManagerClient(access);
  const name = secretName(secretNames(settings.stage)[which], { tenant, source: source.id });

  /** The value in force; `undefined` where nobody filled it. Throws a sentence where there is no such secret. */
  async function read(): Promise<string | undefined> {
    // A secret that is missing and one that is empty look alike to whoever reads the value.
    await client.send(new DescribeSecretCommand({ SecretId: name })).catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new CommandError(`There is no secret ${name} in this account and region; deploy the stage first.`, {
        cause: error,
      });
    });
    return valueIn(client, name);
  }

  /** Replaces the value; the one before stays valid beside it until the next one. */
  const fill = async (value: string): Promise<void> =>
    void (await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value })));

  return { name, read, fill };
}
export type StageSecret = ReturnType<typeof stageSecret>;

/** The secret that holds the token of a page or portal; it is made with its first value. */
export const tokenName = ({ settings }: Stage, { tenant, source, id }: AccountId): string =>
  secretName(secretNames(settings.stage).accountToken, { tenant, source, account: id });

/** The token of a page or portal; `undefined` where there is none. */
export const tokenOf = (stage: Stage, account: AccountId): Promise<string | undefined> =>
  valueIn(new SecretsManagerClient(stage.access), tokenName(stage, account));

async function valueIn(client: SecretsManagerClient, name: string): Promise<string | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    return SecretString?.trim() || undefined;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
