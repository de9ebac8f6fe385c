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
  world.dead.length = 0;
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
  const owner = (tenant: string, lead_id: string) =>
    JSON.stringify({ v: 1, tenant, lead_id, notBefore: '2026-03-05T13:40:01.000Z' });
  const letter = (id: string, body: string, cause = 'slack: 503') => ({
    id,
    queue: 'owner',
    body,
    cause,
    sentAt: `2026-03-05T13:4${id}:00.000Z`,
  });

  it('is grouped by cause, with what it is about, and of the tenant alone', async () => {
    world.dead.push(
      letter('2', owner('north', 'lead_2')),
      letter('1', owner('north', 'lead_1')),
      letter('3', owner('south', 'lead_3')),
      letter('4', owner('north', 'lead_4'), 'S3 is down'),
    );
    const groups = (await admin().get('/api/dead-letters')).body.data as DeadGroup[];
    expect(groups.map(({ cause, count, oldest }) => [cause, count, oldest])).toEqual([
      ['slack: 503', 2, '2026-03-05T13:41:00.000Z'],
      ['S3 is down', 1, '2026-03-05T13:44:00.000Z'],
    ]);
    expect(groups[0]?.messages).toEqual([
      { id: '1', sent_at: '2026-03-05T13:41:00.000Z', lead_id: 'lead_1', deliveries: [] },
      { id: '2', sent_at: '2026-03-05T13:42:00.000Z', lead_id: 'lead_2', deliveries: [] },
    ]);
  });

  it('is sent back by a job', async () => {
    const { status, job } = await post('/api/dead-letters/redrive', { queue: 'owner', cause: 'slack: 503' });
    expect([status, job.kind]).toEqual([202, 'redrive']);
    expect(await orderOf(job)).toEqual({ queue: 'owner', cause: 'slack: 503', isDryRun: false });
    expect(world.sent).toHaveLength(1);
    expect((await admin().get(`/api/replays/${job.id}`)).body.data).toMatchObject({ kind: 'redrive' });
  });
});
