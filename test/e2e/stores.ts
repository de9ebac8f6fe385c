import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectVersionsCommand, S3ServiceException } from '@aws-sdk/client-s3';
import type { LocalRun } from './local-run.ts';

/** Every row of the table, as text. A test may scan; nothing of ours does. */
export async function allRows(run: LocalRun): Promise<string[]> {
  const rows: string[] = [];
  let from: Record<string, never> | undefined;
  do {
    const page = await run.dynamodb.send(
      new ScanCommand({
        TableName: run.settings.table,
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    rows.push(...(page.Items ?? []).map((row) => JSON.stringify(row)));
    from = page.LastEvaluatedKey as typeof from;
  } while (from);
  return rows;
}

/** It was erased since it was listed. */
function goneMeanwhile(error: unknown): { Body?: undefined } {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return {};
  throw error;
}

/** Every version of every object, with its key, as text. */
export async function allObjects(run: LocalRun): Promise<string[]> {
  const Bucket = run.settings.bucket;
  const { Versions = [], DeleteMarkers = [] } = await run.s3.send(new ListObjectVersionsCommand({ Bucket }));
  const objects = await Promise.all(
    Versions.map(async ({ Key, VersionId }) => {
      const { Body } = await run.s3.send(new GetObjectCommand({ Bucket, Key, VersionId })).catch(goneMeanwhile);
      return Body ? [`${Key} ${await Body.transformToString()}`] : [];
    }),
  );
  return [...objects.flat(), ...DeleteMarkers.map(({ Key = '' }) => `marker of ${Key}`)];
}
