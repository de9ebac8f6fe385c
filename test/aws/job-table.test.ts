import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as JobTable from '../../lambdas/aws/job-table.ts';
import type { Job } from '../../lambdas/core/job.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let jobs: typeof JobTable;
beforeAll(async () => {
  table = await startTable();
  jobs = await import('../../lambdas/aws/job-table.ts');
});
afterAll(() => table.stop());

const job: Job = {
  tenant: 'north',
  id: 'one',
  kind: 'replay',
  askedBy: { id: 'ana', name: 'Ana Diaz' },
  askedAt: '2026-03-05T13:30:00.000Z',
  order: { from: '2026-03-04T00:00:00.000Z' },
  state: 'waiting',
  counts: {},
};

it('a job is known to its tenant alone, and is asked for once', async () => {
  expect(await jobs.saveJob(TABLE, job)).toBe(true);
  expect(await jobs.saveJob(TABLE, { ...job, order: {} })).toBe(false);
  expect(await jobs.jobNow(TABLE, job)).toMatchObject({ ...job });
  expect(await jobs.jobNow(TABLE, { ...job, tenant: 'south' })).toBeUndefined();
});

it('what is new of a job is noted, and the rest stays', async () => {
  const two = { ...job, id: 'two' };
  await jobs.saveJob(TABLE, two);
  expect(await jobs.noteJob(TABLE, two, { state: 'running', counts: { sent: 3 } })).toBe(true);
  expect(await jobs.noteJob(TABLE, two, { said: 'half of it', counts: { left: 4 }, listed: [{ key: 'a' }] })).toBe(
    true,
  );
  expect(await jobs.jobNow(TABLE, two)).toMatchObject({
    state: 'running',
    counts: { sent: 3, left: 4 },
    said: 'half of it',
    listed: [{ key: 'a' }],
    order: job.order,
  });
});

it('a job that failed may be taken up again, one that is done is done', async () => {
  const three = { ...job, id: 'three' };
  await jobs.saveJob(TABLE, three);
  expect(await jobs.noteJob(TABLE, three, { state: 'failed', said: 'S3 was down' })).toBe(true);
  expect(await jobs.noteJob(TABLE, three, { state: 'running' })).toBe(true);
  expect(await jobs.noteJob(TABLE, three, { state: 'done', endedAt: job.askedAt })).toBe(true);
  expect(await jobs.noteJob(TABLE, three, { state: 'running' })).toBe(false);
  expect(await jobs.jobNow(TABLE, three)).toMatchObject({ state: 'done', endedAt: job.askedAt });
});

it('of a job that nobody asked for nothing is noted', async () => {
  const none = { ...job, id: 'none' };
  expect(await jobs.noteJob(TABLE, none, { state: 'done' })).toBe(false);
  await jobs.addToJob(TABLE, none, { sent: 1 });
  expect(await jobs.jobNow(TABLE, none)).toBeUndefined();
});

it('several at once add to the counts of a job, and none is lost', async () => {
  const four = { ...job, id: 'four' };
  await jobs.saveJob(TABLE, four);
  await Promise.all([1, 2, 3].map((count) => jobs.addToJob(TABLE, four, { events: count, not_for_us: 1 })));
  await jobs.addToJob(TABLE, four, {});
  expect(await jobs.jobNow(TABLE, four)).toMatchObject({ counts: { events: 6, not_for_us: 3 } });
});
