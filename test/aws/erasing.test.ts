import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type * as Erasing from '../../lambdas/aws/erasing.ts';
import type * as ExportTable from '../../lambdas/aws/export-table.ts';
import { job } from '../fixtures/export-world.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

const s3 = mockClient(S3Client);
let table: Awaited<ReturnType<typeof startTable>>;
let exports: typeof ExportTable;
let erasing: ReturnType<typeof Erasing.erasing>;
beforeAll(async () => {
  table = await startTable();
  exports = await import('../../lambdas/aws/export-table.ts');
  erasing = (await import('../../lambdas/aws/erasing.ts')).erasing({
    table: TABLE,
    bucket: 'leads',
    detailsPrefix: 'details/',
    targetPrefix: 'target/',
    exportsPrefix: 'exports/',
  });
});
afterAll(() => table.stop());

/** Versions of objects by their keys. */
let kept: { Key: string; VersionId: string; isMark?: boolean }[];
beforeEach(() => {
  s3.reset();
  s3.on(ListObjectVersionsCommand).callsFake(async ({ Prefix }: { Prefix: string }) => {
    const found = kept.filter(({ Key }) => Key.startsWith(Prefix)).slice(0, 2);
    return { Versions: found.filter(({ isMark }) => !isMark), DeleteMarkers: found.filter(({ isMark }) => isMark) };
  });
  s3.on(DeleteObjectsCommand).callsFake(async ({ Delete }: { Delete: { Objects: typeof kept } }) => {
    kept = kept.filter(
      (one) => !Delete.Objects.some(({ Key, VersionId }) => Key === one.Key && VersionId === one.VersionId),
    );
    return {};
  });
});

it('all exports of a tenant go, in every version, with what is known of them; another tenant’s stay', async () => {
  kept = [
    { Key: 'exports/north/x1.csv', VersionId: 'a' },
    { Key: 'exports/north/x1.csv', VersionId: 'b' },
    { Key: 'exports/north/x2.csv', VersionId: 'c' },
    { Key: 'exports/north/x3.csv', VersionId: 'd', isMark: true },
    { Key: 'exports/north-2/x4.csv', VersionId: 'e' },
    { Key: 'exports/south/x5.csv', VersionId: 'f' },
  ];
  await exports.saveJob(TABLE, job);
  await exports.saveJob(TABLE, { ...job, tenant: 'south' });
  expect(await erasing.deleteExports('north')).toBe(3);
  expect(kept.map(({ VersionId }) => VersionId)).toEqual(['e', 'f']);
  expect(await exports.jobNow(TABLE, job)).toBeUndefined();
  expect(await exports.jobNow(TABLE, { ...job, tenant: 'south' })).toMatchObject({ state: 'running' });
  expect(await erasing.deleteExports('north')).toBe(0);
});

it('what a lead counts as goes with its other rows', async () => {
  const counts = await import('../../lambdas/aws/count-table.ts');
  const move = { tenant: 'north', lead_id: 'a', number: 1, day: '2026-03-05', names: [], next: ['total'] };
  await counts.beginMove(TABLE, move);
  expect((await erasing.tracesOf(move)).rows).toEqual([{ PK: 'north#LEAD#a', SK: 'COUNT' }]);
});
