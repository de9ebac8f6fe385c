import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Job, JobId, JobNews } from '../core/job.ts';
import { keyOf, ROW_VERSION, table, unlessConditionFails } from './table.ts';

/** Notes that somebody asked for a job; false where there is one of this id. */
export async function saveJob(tableName: string, job: Job): Promise<boolean> {
  const Item = { ...keyOf.job(job.tenant, job.id), v: ROW_VERSION, ...job };
  const put = new PutCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(PK)' });
  return (await unlessConditionFails(table.send(put))) !== undefined;
}

/** Where a job stands; `undefined` where nobody of the tenant asked for it. */
export async function jobNow(tableName: string, { tenant, id }: JobId): Promise<Job | undefined> {
  const Key = keyOf.job(tenant, id);
  const { Item } = await table.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item as Job | undefined;
}

/** Notes what is new of a job, of its counts those that are named; false where it is done, or where there is none. One that failed may be taken up again. */
export async function noteJob(
  tableName: string,
  { tenant, id }: JobId,
  { counts = {}, ...news }: JobNews,
): Promise<boolean> {
  const said = Object.entries(news).filter(([, value]) => value !== undefined);
  const counted = Object.entries(counts);
  const assignments = [
    ...said.map(([name]) => `#${name} = :${name}`),
    ...counted.map((_, index) => `#counts.#count${index} = :count${index}`),
  ];
  const noted = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.job(tenant, id),
        UpdateExpression: `SET ${assignments.join(', ')}`,
        ConditionExpression: 'attribute_exists(PK) AND #state <> :isDone',
        ExpressionAttributeNames: {
          '#state': 'state',
          ...(counted.length > 0 && { '#counts': 'counts' }),
          ...Object.fromEntries(said.map(([name]) => [`#${name}`, name])),
          ...Object.fromEntries(counted.map(([name], index) => [`#count${index}`, name])),
        },
        ExpressionAttributeValues: {
          ':isDone': 'done',
          ...Object.fromEntries(said.map(([name, value]) => [`:${name}`, value])),
          ...Object.fromEntries(counted.map(([, count], index) => [`:count${index}`, count])),
        },
      }),
    ),
  );
  return noted !== undefined;
}

/** Adds to the counts of a job, whoever else does at the same time. Nothing where there is no job. */
export async function addToJob(tableName: string, { tenant, id }: JobId, counts: Job['counts']): Promise<void> {
  const added = Object.entries(counts);
  if (added.length === 0) return;
  await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.job(tenant, id),
        UpdateExpression: `ADD ${added.map((_, index) => `#counts.#count${index} :count${index}`).join(', ')}`,
        ConditionExpression: 'attribute_exists(PK)',
        ExpressionAttributeNames: {
          '#counts': 'counts',
          ...Object.fromEntries(added.map(([name], index) => [`#count${index}`, name])),
        },
        ExpressionAttributeValues: Object.fromEntries(added.map(([, count], index) => [`:count${index}`, count])),
      }),
    ),
  );
}
