import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { table } from './table.ts';

/** All rows of a partition as of this moment, in the order of their sort keys. What they hold is for the caller to know. */
export async function rowsIn<Row>(tableName: string, partition: string): Promise<Row[]> {
  const pages = paginateQuery(
    { client: table },
    {
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': partition },
      ConsistentRead: true,
    },
  );
  const rows: Row[] = [];
  for await (const { Items = [] } of pages) rows.push(...(Items as Row[]));
  return rows;
}
