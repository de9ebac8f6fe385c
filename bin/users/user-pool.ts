import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  type AttributeType,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { stackOutputs } from '../stack-outputs.ts';
import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import type { NewUser } from './details.ts';

/** Somebody who has an account. */
export interface Account {
  id: string;
  tenant: string;
}

/** The accounts of a deployed stage. Throws a sentence where the stage has none, or is the local run. */
export async function userPool({ isLocal, settings }: Pick<Stage, 'isLocal' | 'settings'>) {
  if (isLocal)
    throw new CommandError(
      'The local run has its development users already: npm run users -- list shows them, and they sign in without a password. Add --stage for a stage on AWS.',
    );
  const output = await stackOutputs(`LeadRelay-${settings.stage}-dashboard`);
  const UserPoolId = output('UserPoolId');
  const client = new CognitoIdentityProviderClient({});

  /** `undefined` where there is no account. */
  async function find(email: string): Promise<Account | undefined> {
    try {
      const { UserAttributes } = await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
      return accountIn(UserAttributes);
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  }

  /** Makes an account, and has a mail sent to its person. */
  async function create({ email, name, role }: NewUser, tenant: string): Promise<Account> {
    const { User } = await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: email,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: attributes({
          email,
          email_verified: 'true',
          name,
          'custom:tenant': tenant,
          'custom:role': role,
        }),
      }),
    );
    return accountIn(User?.Attributes);
  }

  const change = async ({ email, name, role }: NewUser): Promise<void> =>
    void (await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: email,
        UserAttributes: attributes({ name, 'custom:role': role }),
      }),
    ));

  const end = async (email: string): Promise<void> =>
    void (await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: email })));

  return { find, create, change, end };
}

const attributes = (values: Record<string, string>): AttributeType[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

function accountIn(said: AttributeType[] = []): Account {
  const value = (name: string) => said.find(({ Name }) => Name === name)?.Value ?? '';
  return { id: value('sub'), tenant: value('custom:tenant') };
}
