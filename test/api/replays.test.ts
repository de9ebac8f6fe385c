import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeadGroup, Job } from '../../lambdas/api/schemas/replay.ts';
import { startApi } from '../fixtures/api-world.ts';
import { TABLE } from '../fixtures/table.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());
beforeEach(() => {
  world.sent.length = 0;
});

const admin = (tenant = 'north') => world.as({ role: 'admin', tenant });
const post = async (path: string, body: unknown) => {
  const { status, body: answer } = await admin().post(path, body);
  return { status, job: answer.data as Job };
};
const window = { from: '2026-03-05T12:00:00.000Z', to: '2026-03-05T13:00:00.000Z' };
const orderOf = async ({ id }: Job) => {
  const { jobNow } = await import('../../lambdas/aws/job-table.ts');
  return (await jobNow(TABLE, { tenant: 'north', id }))?.order;
};

describe('a replay', () => {
  it('is begun for the tenant of whoever asks, and stands where its job says', async () => {
    const { status, job } = await post('/api/replays', { ...window, source: 'meta', tell: true, dry_run: false });
    expect([status, job.state, job.kind, job.asked_by]).toEqual([202, 'waiting', 'replay', 'Ana Diaz']);
    expect(world.sent).toEqual([{ to: 'replay', message: { v: 1, tenant: 'north', job_id: job.id } }]);
    expect(await orderOf(job)).toEqual({ how: 'tell', isDryRun: false, ...window, source: 'meta' });
    const { noteJob } = await import('../../lambdas/aws/job-table.ts');
    const listed = [
      { what: 'new', lead_id: 'lead_1', key: 'source/crm_event_lead_1.json' },
      { lead_id: '9001', rawKey: 'source/meta_event_9001.json' },
      { lead_id: 7 },
    ];
    await noteJob(
      TABLE,
      { tenant: 'north', id: job.id },
      { state: 'done', counts: { deliveries: 2 }, said: '', listed },
    );
    const shown = await admin().get(`/api/replays/${job.id}`);
    expect(shown.body.data).toMatchObject({
      state: 'done',
      counts: { deliveries: 2 },
      said: null,
      listed: [
        { what: 'new', lead_id: 'lead_1', delivery: 'crm_event_lead_1.json' },
        { what: 'untold', lead_id: '9001', delivery: 'meta_event_9001.json' },
      ],
    });
    expect((await admin('south').get(`/api/replays/${job.id}`)).status).toBe(404);
  });

  it('names deliveries by their names alone', async () => {
    const deliveries = ['crm_event_lead_1.json'];
    const { job } = await post('/api/replays', { deliveries, tell: false, dry_run: true });
    expect(await orderOf(job)).toEqual({ how: 'quiet', isDryRun: true, keys: ['source/crm_event_lead_1.json'] });
  });

  it.each([
    [{ tell: false, dry_run: true }],
    [{ ...window, deliveries: ['crm_event_a.json'], tell: false, dry_run: true }],
    [{ from: window.to, to: window.from, tell: false, dry_run: true }],
    [{ deliveries: ['../secret.json'], tell: false, dry_run: true }],
    [{ deliveries: [], tell: false, dry_run: true }],
    [{ ...window, dry_run: true }],
  ])('is not begun with %j', async (body) => {
    expect((await post('/api/replays', body)).status).toBe(400);
    expect(world.sent).toEqual([]);
  });

  it('is for admins', async () => {
    const manager = world.as({ role: 'manager' });
    expect((await manager.post('/api/replays', { ...window, tell: false, dry_run: true })).status).toBe(403);
    expect((await manager.post('/api/dead-letters/redrive', {})).status).toBe(403);
  });
});

describe('what was given up', () => {
  const group = { queue: 'owner', cause: 'slack: 503', count: 2, oldest: '2026-03-05T13:41:00.000Z' };
  const message = { id: '1', sent_at: '2026-03-05T13:41:00.000Z', lead_id: null };

  /** An API whose jobs end like this once they were begun. */
  const ending = (news: object) =>
    world
      .serve({
        startReplay: async ({ tenant, job_id: id }) => {
          const { noteJob } = await import('../../lambdas/aws/job-table.ts');
          await noteJob(TABLE, { tenant, id }, news);
        },
      })
      .as({ role: 'admin' });

  it('is looked through by replay, and shown by its cause with what it is about', async () => {
    const listed = [{ ...group, messages: [{ ...message, keys: ['source/crm_event_lead_1.json'] }] }];
    const { body } = await ending({ state: 'done', listed }).get('/api/dead-letters');
    expect(body.data as DeadGroup[]).toEqual([
      { ...group, messages: [{ ...message, deliveries: ['crm_event_lead_1.json'] }] },
    ]);
    expect((await ending({ state: 'done', listed: [] }).get('/api/dead-letters')).body.data).toEqual([]);
  });

  it.each([[{ state: 'failed' }], [{ state: 'running' }]])(
    'can not be shown just now where its job is %j',
    async (news) => {
      expect((await ending(news).get('/api/dead-letters')).status).toBe(503);
    },
  );

  it('is sent back by a job', async () => {
    const { status, job } = await post('/api/dead-letters/redrive', { queue: 'owner', cause: 'slack: 503' });
    expect([status, job.kind]).toEqual([202, 'redrive']);
    expect(await orderOf(job)).toEqual({ queue: 'owner', cause: 'slack: 503', isDryRun: false });
    expect(world.sent).toHaveLength(1);
    expect((await admin().get(`/api/replays/${job.id}`)).body.data).toMatchObject({ kind: 'redrive' });
  });
});
