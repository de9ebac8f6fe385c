import type { Tables } from '../cloud/tables.ts';

/** A row with the version of its form; of the values only those kinds that our rows have. */
export type Row = Record<string, string | number | string[]>;

/** Writes a row unless it is there already. Returns what the table has against it. */
export const putOnce = (tables: Tables, TableName: string, row: Row): Promise<string | undefined> =>
  putRow(tables, TableName, row, { ConditionExpression: 'attribute_not_exists(PK)' });

/** Writes a row over what was there. Returns what the table has against it. */
export async function putRow(
  tables: Tables,
  TableName: string,
  row: Row,
  condition: { ConditionExpression?: string } = {},
): Promise<string | undefined> {
  const Item = {
    ...Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typed(value)])),
    v: { N: '1' },
  };
  const { status, body } = await tables.call('PutItem', { TableName, Item, ...condition });
  const { __type = '', message = __type } = body as { __type?: string; message?: string };
  return status === 200 || __type.endsWith('ConditionalCheckFailedException') ? undefined : message;
}

function typed(value: Row[string]) {
  if (typeof value === 'number') return { N: String(value) };
  return typeof value === 'string' ? { S: value } : { L: value.map((S) => ({ S })) };
}
