import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { foldedName } from '../core/owner-key.ts';
import { type Changer, MOST_NAMES, namesOf, type User, type UserEdit } from '../core/users.ts';
import { rowsIn } from './partition.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = { tenant: string; id: string };
/** What sign-in says of a person. */
export type SignedIn = Id & Pick<User, 'name' | 'email' | 'role'>;
type Change = { by: Changer; at: string };

/** The people of a tenant, by their names. */
export async function usersOf(tableName: string, tenant: string): Promise<User[]> {
  const rows = await rowsIn<Record<string, unknown>>(tableName, keyOf.user(tenant, '').PK);
  return rows.map(toUser).sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}

export async function userOf(tableName: string, { tenant, id }: Id): Promise<User | undefined> {
  const Key = keyOf.user(tenant, id);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item && toUser(Item);
}

/** Makes the row of somebody who signed in, or takes over what sign-in says now; writes only where that is something else than before. */
export async function noteUser(tableName: string, person: SignedIn, at: string): Promise<void> {
  const { tenant, id, name, email, role } = person;
  const known = await userOf(tableName, person);
  if (known && known.name === name && known.email === email && known.role === role) return;
  const set = { tenant, sub: id, name, email, role, notedAt: at, v: ROW_VERSION };
  await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.user(tenant, id),
        UpdateExpression: `SET ${assignments(set)}, #names = if_not_exists(#names, :none), #edits = if_not_exists(#edits, :zero)`,
        ConditionExpression: 'attribute_not_exists(PK) OR #name <> :name OR #email <> :email OR #role <> :role',
        ExpressionAttributeNames: { ...namesIn(set), '#names': 'names', '#edits': 'edits' },
        ExpressionAttributeValues: { ...valuesIn(set), ':none': [], ':zero': 0 },
      }),
    ),
  );
}

/** Changes what is known of a user; `undefined` where there is none, or somebody was faster. */
export async function changeUser(
  tableName: string,
  { tenant, id }: Id,
  edit: UserEdit,
  { version, by, at }: Change & { version: number },
): Promise<User | undefined> {
  const given = Object.entries(edit).filter(([, value]) => value !== undefined);
  const set = {
    ...Object.fromEntries(given.filter(([, value]) => value !== null)),
    edits: version + 1,
    changedAt: at,
    changedBy: by,
  };
  const emptied = Object.fromEntries(given.filter(([, value]) => value === null));
  const remove = Object.keys(emptied).map((name) => `#${name}`);
  const changed = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.user(tenant, id),
        UpdateExpression: `SET ${assignments(set)}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
        ConditionExpression: 'attribute_exists(PK) AND #edits = :before',
        ExpressionAttributeNames: { ...namesIn(set), ...namesIn(emptied) },
        ExpressionAttributeValues: { ...valuesIn(set), ':before': version },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return changed?.Attributes && toUser(changed.Attributes);
}

/** Adds a name under which another system knows a user, unless they have it; false where there is no such user, or no room. */
export async function addName(tableName: string, of: Id, name: string, change: Change): Promise<boolean> {
  for (;;) {
    const user = await userOf(tableName, of);
    if (!user) return false;
    if (namesOf(user).includes(foldedName(name))) return true;
    if (user.names.length >= MOST_NAMES) return false;
    const names = [...user.names, name];
    if (await changeUser(tableName, of, { names }, { version: user.version, ...change })) return true;
  }
}

/** Removes somebody; their leads and what they did stay. */
export const removeUser = async (tableName: string, { tenant, id }: Id): Promise<void> =>
  void (await table.send(new DeleteCommand({ TableName: tableName, Key: keyOf.user(tenant, id) })));

const assignments = (set: object) =>
  Object.keys(set)
    .map((name) => `#${name} = :${name}`)
    .join(', ');
const namesIn = (set: object) => Object.fromEntries(Object.keys(set).map((name) => [`#${name}`, name]));
const valuesIn = (set: object) => Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value]));

function toUser(row: Record<string, unknown>): User {
  const { SK, name, email, role, names, closeUserId, hubspotOwnerId, slackMemberId, edits } = row;
  return {
    id: String(SK).slice('USER#'.length),
    name,
    email,
    role,
    names: [...((names ?? []) as Iterable<string>)],
    closeUserId,
    hubspotOwnerId,
    slackMemberId,
    version: edits ?? 0,
  } as User;
}
