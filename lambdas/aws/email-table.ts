import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EmailRow } from '../core/email-target.ts';
import type { Changer } from '../core/users.ts';
import { keyOf, ROW_VERSION, table } from './table.ts';

/** The addresses that people of a tenant entered, whatever became of them at SNS. */
export async function emailsOf(tableName: string, tenant: string): Promise<EmailRow[]> {
  const { PK, SK } = keyOf.email(tenant, '');
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :prefix)',
      ExpressionAttributeValues: { ':pk': PK, ':prefix': SK },
      ConsistentRead: true,
    }),
  );
  return Items as EmailRow[];
}

export async function saveEmail(
  tableName: string,
  tenant: string,
  row: EmailRow,
  { by }: { by: Changer },
): Promise<void> {
  const Item = { ...keyOf.email(tenant, row.address), v: ROW_VERSION, tenant, ...row, changedBy: by };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}

export const deleteEmail = async (tableName: string, tenant: string, address: string): Promise<void> =>
  void (await table.send(new DeleteCommand({ TableName: tableName, Key: keyOf.email(tenant, address) })));
