import { describe, expect, it } from '@jest/globals';
import { examineAll } from '../../../bin/doctor/examine-all.ts';
import { asJson, asText, isWell } from '../../../bin/doctor/show.ts';
import { fine, unknown, wrong } from '../../../lambdas/core/finding.ts';
import { doctorWorld, illOf, ills, start } from '../../fixtures/doctor-world.ts';

const at = (time: number) => new Date(time).toISOString();

/** Each look at a lead finds it one step further, or as far as `end`. */
function walking(end = 4) {
  const { world, ports } = doctorWorld();
  const said: string[] = [];
  const looks = new Map<string, number>();
  const times = { receivedAt: at(start), dueAt: at(start + 2000) };
  const queued = { ...times, queuedAt: at(start) };
  const steps = [undefined, queued, { ...queued, enrichedAt: at(start) }];
  const through = { ...queued, silentAt: at(start + 3000) };
  const walked = {
    ...ports,
    say: (line: string) => void said.push(line),
    leadNow: async ({ lead_id }: { lead_id: string }) => {
      const step = Math.min(looks.get(lead_id) ?? 0, end);
      looks.set(lead_id, step + 1);
      // The clock jumps where nothing happens any more.
      if (step === end) world.now += 120_000;
      return step < steps.length ? steps[step] : through;
    },
  };
  return { world, ports: walked, said };
}

describe('npm run doctor', () => {
  it('follows the leads that it sends, says how far they are, and leaves nothing of them', async () => {
    const { world, ports, said } = walking();
    world.accounts = [];
    const findings = await examineAll({ tenants: ['acme'], withLeads: true }, ports);
    expect(ills(findings)).toEqual(['account unknown meta', 'account unknown hubspot']);
    expect(said).toEqual([
      '1 made-up leads are on their way; they are told to nobody.',
      '  acme, Close: answered with 200',
      '  acme, Close: waits for 2 s',
      '  acme, Close: looked up and enriched',
      '  acme, Close: came through',
    ]);
    expect(world.erased).toHaveLength(1);
    expect(world.reports['acme']?.findings.length).toBeGreaterThan(5);
    expect(world.reports['none']?.findings.every(({ of }) => of.tenant === undefined)).toBe(true);
  });

  it('gives up on a lead that is stuck, and leaves it to be looked at', async () => {
    const { world, ports } = walking(1);
    world.accounts = [];
    const findings = await examineAll({ tenants: ['acme'], withLeads: true }, ports);
    expect(illOf(findings, 'lead').cause).toContain('A lead is due and was not looked up');
    expect(world.erased).toEqual([]);
  });

  it('sends none where none are wanted, and keeps those that its function made up', async () => {
    const { world, ports } = walking();
    const leads = [{ tenant: 'acme', source: 'close', lead_id: 'lead_1', sentAt: 1 }];
    world.reports['acme'] = { at: at(0), findings: [], leads };
    await examineAll({ tenants: ['acme'], withLeads: false }, ports);
    expect(world.posted).toEqual([]);
    expect(world.reports['acme']?.leads).toEqual(leads);
  });
});

describe('what was found', () => {
  const ailment = { cause: 'It ended.', consequence: 'Leads wait.', cure: 'npm run pages -- token 111' };
  const of = { tenant: 'acme', source: 'meta', account: '111' };
  const found = [
    wrong('token', of, ailment),
    fine('dead-letters', {}, 'Nothing of owner was given up.'),
    unknown('slack-alive', { tenant: 'acme' }, ailment),
    fine('emails', { tenant: 'acme' }, 'All have confirmed.'),
  ];

  it('is shown by tenant, with what is wrong last, what it means, and what mends it', () => {
    expect(asText(found)).toBe(
      [
        '',
        'Tenant acme',
        '  ok         All have confirmed.',
        '  not known  It ended.',
        '             Leads wait.',
        '             → npm run pages -- token 111',
        '  WRONG      Meta, 111: It ended.',
        '             Leads wait.',
        '             → npm run pages -- token 111',
        '',
        'The stage',
        '  ok         Nothing of owner was given up.',
        '',
        '4 things looked at: 1 wrong, 1 not known.',
      ].join('\n'),
    );
  });

  it('is well where nothing is wrong, and says so to programs', () => {
    expect([isWell(found), isWell(found.slice(1))]).toEqual([false, true]);
    expect(JSON.parse(asJson(found))).toEqual({ ok: false, findings: found });
  });
});
