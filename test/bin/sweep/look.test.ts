import { beforeEach, describe, expect, it } from '@jest/globals';
import { type AskedSweep, look } from '../../../bin/sweep/look.ts';
import { sweptJson, sweptText } from '../../../bin/sweep/show.ts';
import { ago, created, dueLead, SweepWorld } from '../../fixtures/sweep-world.ts';

let world: SweepWorld;
beforeEach(() => {
  world = new SweepWorld();
});
const plain: AskedSweep = { full: false, dryRun: false, olderThan: undefined, days: undefined };
const ask = (asked: Partial<AskedSweep> = {}) => look({ ...plain, ...asked }, world.ports().ports, () => {});

describe('npm run sweep', () => {
  it('starts lost leads again, and says which', async () => {
    world.due(dueLead('lead_a', 30));
    const text = sweptText(await ask());
    expect(text).toBe(
      [
        'TENANT  WHAT    LOST                  COUNT  DONE',
        'north   lead_a  on its way to people  1      started again',
        '1 lost.',
      ].join('\n'),
    );
    expect(world.toOwner).toHaveLength(1);
    expect(world.read).toEqual([]);
  });

  it('looks through the bucket where that is asked for, and says how much is in it', async () => {
    const key = world.store('crm_event_b', [created('b')]);
    world.store('crm_event_old', [created('c')], 9 * 1440);
    const swept = await ask({ full: true });
    expect(sweptJson(swept)).toEqual({
      found: [
        {
          loss: 'not_captured',
          verdict: 'rescued',
          count: 1,
          tenant: 'north',
          lead_id: null,
          raw_key: key,
          rescued_at: ago(0),
        },
      ],
      listed: 2,
      notes: [],
    });
    expect(sweptText(await ask({ full: true }))).toBe('Nothing is lost. 2 deliveries are in the bucket.');
  });

  it('touches nothing where it shall only look', async () => {
    world.due(dueLead('lead_a', 30));
    world.store('crm_event_b', [created('b')]);
    const { findings } = await ask({ full: true, dryRun: true });
    expect(findings.map(({ verdict }) => verdict)).toEqual(['found', 'found']);
    expect([world.toOwner.length, world.toCapture.length]).toEqual([0, 0]);
  });

  it('takes what is younger for lost where that is asked for', async () => {
    world.due(dueLead('lead_a', 2));
    world.store('crm_event_b', [created('b')], 2);
    expect((await ask({ full: true })).findings).toEqual([]);
    expect((await ask({ full: true, olderThan: 1 })).findings).toHaveLength(2);
  });

  it('looks at nothing of before the first look unless days are given, and says so', async () => {
    world.listing = undefined;
    world.store('crm_event_b', [created('b')]);
    expect(sweptText(await ask({ full: true }))).toMatch(/^The bucket was never looked through: .* Add --days 1 /);
    expect((await ask({ full: true, days: 1 })).findings).toHaveLength(1);
  });

  it('leaves alone what may be in a long queue, and says so', async () => {
    world.waiting = { capture: 200, owner: 300 };
    world.due(dueLead('lead_a', 30));
    world.store('crm_event_b', [created('b')]);
    expect(sweptText(await ask({ full: true }))).toBe(
      [
        '300 leads wait for their turn: what may be one of them is left alone.',
        '200 deliveries wait for their turn: what may be one of them is left alone.',
        'Nothing is lost.',
      ].join('\n'),
    );
  });

  it('says what was started again in vain', async () => {
    const rescues = [60, 120, 180].map((minutes) => ({ at: ago(minutes), what: 'not_told' as const }));
    world.due(dueLead('lead_a', 200, { rescues: rescues.toReversed() }));
    expect(sweptText(await ask())).toContain('three times in vain: see the runbook');
  });
});
