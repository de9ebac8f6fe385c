import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ExportJob } from '../core/export.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

type Id = Pick<ExportJob, 'tenant' | 'id'>;

/** Notes that somebody asked for a list of leads. */
export async function saveJob(tableName: string, job: ExportJob): Promise<void> {
  const Item = { ...keyOf.export(job.tenant, job.id), v: ROW_VERSION, ...job };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}

/** What became of a list; `undefined` where nobody of the tenant asked for it, or where it was deleted. */
export async function jobNow(tableName: string, { tenant, id }: Id): Promise<ExportJob | undefined> {
  const Key = keyOf.export(tenant, id);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item as ExportJob | undefined;
}

/** Notes where a list stands; false where it was deleted. */
export async function noteJob(
  tableName: string,
  { tenant, id }: Id,
  news: Pick<ExportJob, 'state' | 'count' | 'runsUntil'>,
): Promise<boolean> {
  const noted = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.export(tenant, id),
        UpdateExpression: 'SET #state = :state, #count = :count, runsUntil = :runsUntil',
        ConditionExpression: 'attribute_exists(PK)',
        ExpressionAttributeNames: { '#state': 'state', '#count': 'count' },
        ExpressionAttributeValues: { ':state': news.state, ':count': news.count, ':runsUntil': news.runsUntil },
      }),
    ),
  );
  return noted !== undefined;
}
