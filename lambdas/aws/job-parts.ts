import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Job, JobId } from '../core/job.ts';
import { jobNow, noteJob } from './job-table.ts';
import { keyOf, table, unlessConditionFails } from './table.ts';

/** Notes which parts a job has; it is done when each of them is, at once where there are none. */
export async function openParts(tableName: string, { tenant, id }: JobId, parts: string[], at: string): Promise<void> {
  if (parts.length === 0)
    return void (await noteJob(
      tableName,
      { tenant, id },
      { state: 'done', endedAt: at, said: 'there is nothing to compare' },
    ));
  const opened = new UpdateCommand({
    TableName: tableName,
    Key: keyOf.job(tenant, id),
    UpdateExpression: 'SET #state = :running, openParts = :parts',
    // The same message again changes nothing.
    ConditionExpression: '#state = :waiting',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':running': 'running', ':waiting': 'waiting', ':parts': new Set(parts) },
  });
  await unlessConditionFails(table.send(opened));
}

/** Notes that a part of a job ended, once; the last one ends the job. A part with something to say makes it a failure. */
export async function closePart(
  tableName: string,
  { tenant, id }: JobId,
  part: string,
  { counts, said, at }: { counts: Job['counts']; said?: string | undefined; at: string },
): Promise<void> {
  const added = Object.entries(counts);
  const closed = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.job(tenant, id),
        UpdateExpression: `DELETE openParts :part ADD ${added.map((_, index) => `#counts.#count${index} :count${index}`).join(', ')}${said === undefined ? '' : ' SET said = :said'}`,
        ConditionExpression: 'contains(openParts, :name)',
        ExpressionAttributeNames: {
          '#counts': 'counts',
          ...Object.fromEntries(added.map(([name], index) => [`#count${index}`, name])),
        },
        ExpressionAttributeValues: {
          ':part': new Set([part]),
          ':name': part,
          ...(said !== undefined && { ':said': said }),
          ...Object.fromEntries(added.map(([, count], index) => [`:count${index}`, count])),
        },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  // Whoever closed the last part may have died just then.
  const row: (Partial<Job> & { openParts?: unknown }) | undefined =
    closed?.Attributes ?? (await jobNow(tableName, { tenant, id }));
  if (row?.state === 'running' && row.openParts === undefined)
    await noteJob(tableName, { tenant, id }, { state: row.said === undefined ? 'done' : 'failed', endedAt: at });
}
