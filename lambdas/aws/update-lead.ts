import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Lead } from '../core/lead.ts';
import { isSynthetic } from '../core/synthetic.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** What an update does to the row of a lead. */
export interface Change {
  set: Record<string, unknown>;
  /** Set only where the row has no such attribute yet. */
  once?: Record<string, unknown>;
  remove?: string[];
  /** Partitions in which something is remembered of the lead, beside those that are known. */
  persons?: string[];
  condition?: string;
  /** One entry of a map that is there. */
  entry?: { map: string; key: string; value: unknown };
  /** What the condition calls `:before`. */
  before?: number;
  /** Nothing that people see: the lead keeps its place among the changes, which would cost two writes more. */
  unseen?: boolean;
}

/** Sets attributes of a lead and, unless nobody would see a difference, notes that it changed; returns the whole row, or `undefined` where the condition did not hold. */
export async function updateLead(
  tableName: string,
  { tenant, lead_id }: Pick<Lead, 'tenant' | 'lead_id'>,
  at: string,
  change: Change,
): Promise<Lead | undefined> {
  const place = { GSI2PK: `${tenant}#CHANGES`, GSI2SK: `${at}#${lead_id}` };
  const changed = { updatedAt: at, ...(!isSynthetic(lead_id) && place) };
  const set = { tenant, lead_id, v: ROW_VERSION, ...(!change.unseen && changed), ...change.set };
  // An expression may name no value that is left out of the request.
  const once = Object.fromEntries(Object.entries(change.once ?? {}).filter(([, value]) => value !== undefined));
  const { entry } = change;
  const assignments = [
    ...(entry ? ['#map.#key = :entry'] : []),
    ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ...Object.keys(once).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
  ];
  const removed = change.remove ?? [];
  const added = change.persons?.length ? { persons: new Set(change.persons) } : {};
  const values = { ...set, ...once, ...added };
  const clauses = [
    `SET ${assignments.join(', ')}`,
    ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
    ...(change.persons?.length ? ['ADD #persons :persons'] : []),
  ];
  const result = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.lead(tenant, lead_id),
        UpdateExpression: clauses.join(' '),
        ConditionExpression: change.condition,
        ExpressionAttributeNames: {
          ...Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
          ...(entry && { '#map': entry.map, '#key': entry.key }),
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
          ...(entry && { ':entry': entry.value }),
          ...(change.before !== undefined && { ':before': change.before }),
        },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return result?.Attributes as Lead | undefined;
}
