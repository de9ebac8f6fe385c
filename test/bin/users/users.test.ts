import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type * as Add from '../../../bin/users/add.ts';
import type * as List from '../../../bin/users/list.ts';
import type * as Remove from '../../../bin/users/remove.ts';
import type { Stage } from '../../../bin/stage.ts';
import type * as UserTable from '../../../lambdas/aws/user-table.ts';
import { startTable, TABLE } from '../../fixtures/table.ts';

const stacks = mockClient(CloudFormationClient);
const cognito = mockClient(CognitoIdentityProviderClient);
let table: Awaited<ReturnType<typeof startTable>>;
let users: typeof UserTable;
let { addUser }: Partial<typeof Add> = {};
let { listUsers }: Partial<typeof List> = {};
let { takeUser }: Partial<typeof Remove> = {};
beforeAll(async () => {
  table = await startTable();
  users = await import('../../../lambdas/aws/user-table.ts');
  ({ addUser } = await import('../../../bin/users/add.ts'));
  ({ listUsers } = await import('../../../bin/users/list.ts'));
  ({ takeUser } = await import('../../../bin/users/remove.ts'));
});
afterAll(() => table.stop());

/** Each test has a tenant of its own. */
let stage: Stage;
let said: string;
let count = 0;
beforeEach(() => {
  count += 1;
  const tenant = `tenant-${count}`;
  const settings = { stage: 'prod' } as Stage['settings'];
  stage = { isLocal: false, access: {}, table: TABLE, tenant, tenants: [tenant], settings } as Stage;
  said = '';
  jest.spyOn(console, 'log').mockImplementation((line: string) => void (said += `${line}\n`));
  stacks.reset();
  stacks.on(DescribeStacksCommand, { StackName: 'LeadRelay-prod-dashboard' }).resolves({
    Stacks: [
      {
        StackName: 'LeadRelay-prod-dashboard',
        CreationTime: new Date(),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [{ OutputKey: 'UserPoolId', OutputValue: 'eu-west-1_pool' }],
      },
    ],
  });
  cognito.reset();
  cognito.on(AdminGetUserCommand).rejects(new UserNotFoundException({ message: 'no', $metadata: {} }));
  cognito.on(AdminCreateUserCommand).resolves({ User: { Attributes: [{ Name: 'sub', Value: 'sub-1' }] } });
  cognito.on(AdminUpdateUserAttributesCommand).resolves({});
  cognito.on(AdminDeleteUserCommand).resolves({});
});

const ana = { email: 'ana@example.org', name: 'Ana Diaz', role: 'manager' as const };
const isThere = (tenant = stage.tenant) =>
  cognito.on(AdminGetUserCommand).resolves({
    Username: 'sub-1',
    UserAttributes: [
      { Name: 'sub', Value: 'sub-1' },
      { Name: 'custom:tenant', Value: tenant },
    ],
  });
const rows = () => users.usersOf(TABLE, stage.tenant);

describe('somebody who is added', () => {
  it('gets an account of the tenant with the role, and a row', async () => {
    await addUser?.(stage, ana);
    expect(cognito.commandCalls(AdminCreateUserCommand)[0]?.args[0].input).toEqual({
      UserPoolId: 'eu-west-1_pool',
      Username: 'ana@example.org',
      DesiredDeliveryMediums: ['EMAIL'],
      UserAttributes: [
        { Name: 'email', Value: 'ana@example.org' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'name', Value: 'Ana Diaz' },
        { Name: 'custom:tenant', Value: stage.tenant },
        { Name: 'custom:role', Value: 'manager' },
      ],
    });
    expect(await rows()).toEqual([expect.objectContaining({ id: 'sub-1', ...ana, names: [], version: 0 })]);
    expect(said).toContain(`ana@example.org is Ana Diaz, manager of ${stage.tenant}. AWS sends them a mail`);
  });

  it('again gets another name or role, and keeps their other names', async () => {
    await addUser?.(stage, ana);
    await users.addName(TABLE, { tenant: stage.tenant, id: 'sub-1' }, 'A. Diaz', {
      by: { id: 'x', name: 'X' },
      at: '',
    });
    isThere();
    await addUser?.(stage, { ...ana, role: 'admin' });
    expect(cognito.commandCalls(AdminCreateUserCommand)).toHaveLength(1);
    expect(cognito.commandCalls(AdminUpdateUserAttributesCommand)[0]?.args[0].input.UserAttributes).toEqual([
      { Name: 'name', Value: 'Ana Diaz' },
      { Name: 'custom:role', Value: 'admin' },
    ]);
    expect(await rows()).toMatchObject([{ role: 'admin', names: ['A. Diaz'] }]);
    expect(said).toContain('within an hour');
  });

  it('is left alone in another tenant', async () => {
    isThere('elsewhere');
    await expect(addUser?.(stage, ana)).rejects.toThrow('has an account in the tenant elsewhere already');
    expect(cognito.commandCalls(AdminUpdateUserAttributesCommand)).toEqual([]);
    expect(await rows()).toEqual([]);
  });
});

describe('somebody who is removed', () => {
  it('has neither account nor row any more', async () => {
    await addUser?.(stage, ana);
    isThere();
    await takeUser?.(stage, 'ana@example.org');
    expect(cognito.commandCalls(AdminDeleteUserCommand)[0]?.args[0].input).toEqual({
      UserPoolId: 'eu-west-1_pool',
      Username: 'ana@example.org',
    });
    expect(await rows()).toEqual([]);
  });

  it('loses the row also where the account went before', async () => {
    await addUser?.(stage, ana);
    await takeUser?.(stage, 'ana@example.org');
    expect(cognito.commandCalls(AdminDeleteUserCommand)).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it('must be there, and of the tenant', async () => {
    await expect(takeUser?.(stage, 'ana@example.org')).rejects.toThrow('has nobody with the address');
    isThere('elsewhere');
    await expect(takeUser?.(stage, 'ana@example.org')).rejects.toThrow('add --tenant elsewhere');
    expect(cognito.commandCalls(AdminDeleteUserCommand)).toEqual([]);
  });
});

describe('the list', () => {
  it('shows everybody with their other names', async () => {
    await addUser?.(stage, ana);
    await users.addName(TABLE, { tenant: stage.tenant, id: 'sub-1' }, 'A. Diaz', {
      by: { id: 'x', name: 'X' },
      at: '',
    });
    said = '';
    await listUsers?.(stage, false);
    expect(said).toMatch(
      /EMAIL +NAME +TENANT +ROLE +ALSO CALLED\nana@example\.org +Ana Diaz +tenant-\d+ +manager +A\. Diaz\n/,
    );
  });

  it('says that there is nobody yet', async () => {
    await listUsers?.(stage, true);
    expect(said).toContain('npm run users -- add');
  });
});

it('on the local run the development users are there already', async () => {
  await expect(addUser?.({ ...stage, isLocal: true }, ana)).rejects.toThrow('has its development users already');
  await expect(takeUser?.({ ...stage, isLocal: true }, ana.email)).rejects.toThrow('development users');
});

it('a stage without its dashboard has no accounts', async () => {
  stacks.reset();
  stacks.on(DescribeStacksCommand).rejects(new Error('Stack with id LeadRelay-prod-dashboard does not exist'));
  await expect(addUser?.(stage, ana)).rejects.toThrow('The stack LeadRelay-prod-dashboard is not in this account');
});
