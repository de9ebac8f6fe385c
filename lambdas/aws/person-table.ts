import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Person, Said, SeenLead } from '../core/person.ts';
import { putRow } from './rows.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** Who says what of a membership comes first, then the newest leads: so many are seen. */
const SEEN = 100;

const isMembership = ({ membership }: Record<string, unknown>) => membership !== undefined;

/** What is remembered under an identifier, as of this moment. Memberships sort behind leads, so that the newest of both come first. */
export async function personOf(tableName: string, tenant: string, identifier: string): Promise<Person> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': keyOf.person(tenant, identifier) },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: SEEN,
    }),
  );
  return {
    leads: Items.filter((row) => !isMembership(row)) as SeenLead[],
    memberships: Items.filter(isMembership) as Person['memberships'],
  };
}

export async function rememberLead(
  tableName: string,
  tenant: string,
  identifier: string,
  lead: SeenLead,
): Promise<void> {
  const { lead_id, source, receivedAt, owner } = lead;
  await putRow(tableName, {
    PK: keyOf.person(tenant, identifier),
    SK: `LEAD#${receivedAt}#${lead_id}`,
    v: ROW_VERSION,
    lead_id,
    source,
    receivedAt,
    owner,
  });
}

/** Remembers what somebody says of a person's membership, as news until it is settled. */
export async function rememberMembership(
  tableName: string,
  tenant: string,
  identifier: string,
  { by, membership }: Said,
): Promise<void> {
  await putRow(tableName, { ...memberKey(tenant, identifier, by), v: ROW_VERSION, by, membership, isNews: true });
}

/** Notes that everybody whom it concerns was told, unless something else is said by now; what says nothing is forgotten. */
export async function settleMembership(
  tableName: string,
  tenant: string,
  identifier: string,
  { by, membership }: Said,
): Promise<void> {
  const settled = {
    TableName: tableName,
    Key: memberKey(tenant, identifier, by),
    ConditionExpression: 'membership = :membership',
    ExpressionAttributeValues: { ':membership': membership },
  };
  await (membership === 'pending'
    ? unlessConditionFails(table.send(new DeleteCommand(settled)))
    : unlessConditionFails(table.send(new UpdateCommand({ ...settled, UpdateExpression: 'REMOVE isNews' }))));
}

const memberKey = (tenant: string, identifier: string, by: string) => ({
  PK: keyOf.person(tenant, identifier),
  SK: `MEMBER#${by}`,
});

/** The memory of people in a table, as steps use it. */
export const memoryIn = (tableName: string) => ({
  personOf: (tenant: string, identifier: string) => personOf(tableName, tenant, identifier),
  rememberLead: (tenant: string, identifier: string, lead: SeenLead) =>
    rememberLead(tableName, tenant, identifier, lead),
  rememberMembership: (tenant: string, identifier: string, said: Said) =>
    rememberMembership(tableName, tenant, identifier, said),
  settleMembership: (tenant: string, identifier: string, said: Said) =>
    settleMembership(tableName, tenant, identifier, said),
});
