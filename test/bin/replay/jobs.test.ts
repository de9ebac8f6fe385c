import { describe, expect, it } from '@jest/globals';
import { followJobs, type JobPorts, startJobs } from '../../../bin/replay/jobs.ts';
import { progressLine, resultText } from '../../../bin/replay/show.ts';
import type { Job } from '../../../lambdas/core/job.ts';
import type { ReplayOrder } from '../../../lambdas/core/replay.ts';

const order: ReplayOrder = {
  how: 'quiet',
  isDryRun: false,
  from: '2026-03-05T12:00:00.000Z',
  to: '2026-03-05T13:00:00.000Z',
};

function world(states: Job['state'][] = []) {
  const calls: string[] = [];
  const saved: Job[] = [];
  const ports: JobPorts = {
    saveJob: async (job) => {
      calls.push(`save ${job.tenant}`);
      saved.push(job);
    },
    send: async ({ tenant }) => void calls.push(`send ${tenant}`),
    jobNow: async (job) => {
      const state = states.shift() ?? 'done';
      return saved.filter(({ id }) => id === job.id).map((one) => ({ ...one, state }))[0];
    },
  };
  return { calls, saved, ports };
}

describe('jobs', () => {
  it('are there before their messages are, one for each tenant', async () => {
    const { calls, saved, ports } = world();
    await startJobs(['north', 'none'], order, ports);
    expect(calls).toEqual(['save north', 'send north', 'save none', 'send none']);
    expect(saved.map(({ kind, order: of, state }) => [kind, of, state])).toEqual([
      ['replay', order, 'waiting'],
      ['replay', order, 'waiting'],
    ]);
    expect(new Set(saved.map(({ id }) => id)).size).toBe(2);
  });

  it.each(['done', 'failed'] as const)('are followed until they are %s', async (end) => {
    const { ports } = world(['running', end]);
    const shown: string[] = [];
    const jobs = await startJobs(['north'], order, ports);
    const ended = await followJobs(jobs, ports, (now) => shown.push(progressLine(now)));
    expect(ended.map(({ state }) => state)).toEqual([end]);
    expect(shown).toEqual(['north: running, 0 deliveries', `north: ${end}, 0 deliveries`]);
  });
});

describe('what came of jobs', () => {
  const job: Job = {
    tenant: 'north',
    id: '1',
    kind: 'replay',
    askedBy: { id: 'operator', name: 'ana' },
    askedAt: '2026-03-05T13:30:00.000Z',
    order,
    state: 'done',
    counts: { deliveries: 3, done: 4, 'close.new': 1, left: 0 },
  };

  it('is said by tenant, in words, without what is left of the lanes', () => {
    const text = resultText([job, { ...job, tenant: 'none', counts: { deliveries: 0 } }]);
    expect(text).toContain('north     deliveries        3');
    expect(text).toContain('north     events run again  4');
    expect(text).toContain('close new');
    expect(text).toContain('nobody’s  deliveries        0');
    expect(text).not.toContain('left');
  });

  it('names what would change, and leads that may be untold, as text that can do nothing', () => {
    const listed = [
      { what: 'new', lead_id: 'lead_1', key: 'source/crm_event_lead_1.json' },
      { lead_id: '9001\u001b[2J', rawKey: 'source/meta_event_9001.json' },
    ];
    const text = resultText([
      { ...job, listed, said: 'People may never have been told of the leads that are listed.' },
    ]);
    expect(text).toMatch(/north +new +lead_1 +source\/crm_event_lead_1\.json/);
    expect(text).toMatch(/north +may be untold +9001/);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('north: People may never have been told');
  });
});
