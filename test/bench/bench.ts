import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, run } from '../../bin/command.ts';
import { type Assembly, synthesize } from './assembly.ts';
import { backfill, syncBySize } from './backfill.ts';
import { bundles } from './bundles.ts';
import { burst } from './burst.ts';
import { calls } from './calls.ts';
import { coldStarts } from './cold-starts.ts';
import { costs } from './costs.ts';
import { dashboardPage, firstPage } from './dashboard.ts';
import { hubspotCapture, hubspotDelivery, hubspotImport } from './hubspot.ts';
import { killed } from './killed.ts';
import { machine } from './machine.ts';
import { members } from './members.ts';
import { metaDelivery, metaWithDyingWorkers } from './meta.ts';
import { oneLead } from './one-lead.ts';
import { conclude, measure, report } from './report.ts';
import { webhooks } from './webhooks.ts';

const sizes = {
  full: {
    more: 9,
    seconds: 10,
    burst: 1000,
    killed: 300,
    rounds: 15,
    calls: 20,
    meta: 1000,
    crashes: 60,
    members: 100_000,
    contacts: 100_000,
    imported: 5000,
    leads: 100_000,
    shown: 20,
    missed: 10_000,
    listed: 100_000,
  },
  quick: {
    more: 1,
    seconds: 2,
    burst: 50,
    killed: 20,
    rounds: 5,
    calls: 5,
    meta: 100,
    crashes: 12,
    members: 1000,
    contacts: 2000,
    imported: 100,
    leads: 2000,
    shown: 3,
    missed: 100,
    listed: 10_000,
  },
};

const { values, positionals: wanted } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const size = values.quick ? sizes.quick : sizes.full;
const folder = mkdtempSync(join(tmpdir(), 'lead-relay-bench-'));

/** All figures, in the order in which they are measured; those that are named after the command alone. */
const figures: Record<string, (assembly: Assembly) => void | Promise<void>> = {
  bundle: bundles,
  cold_start: (assembly) => coldStarts(assembly, folder, { rounds: size.rounds }),
  one_lead: () => oneLead({ more: size.more }),
  webhooks: () => webhooks({ seconds: size.seconds }),
  burst: () => burst({ count: size.burst, delaySeconds: 15 }),
  killed_in_the_wait: () => killed({ count: size.killed }),
  meta_delivery: () => metaDelivery({ count: size.meta }),
  meta_with_dying_workers: () => metaWithDyingWorkers({ leads: size.meta, crashes: size.crashes }),
  hubspot_delivery: () => hubspotDelivery(),
  hubspot_capture_by_size: () => hubspotCapture({ few: 1000, many: size.contacts, events: 50 }),
  hubspot_import: () => hubspotImport({ count: size.imported }),
  members: () => members({ count: size.members }),
  backfill: () => backfill({ missed: size.missed }),
  sync_by_size: () => syncBySize({ few: 1000, many: size.listed }),
  dashboard_page: () => dashboardPage({ leads: size.shown }),
  dashboard_first_page_by_size: () => firstPage({ few: 1000, many: size.leads, times: 50 }),
  costs: async (assembly) => costs(assembly, await calls({ count: size.calls })),
};

await run(async () => {
  const unknown = wanted.filter((name) => !Object.hasOwn(figures, name));
  if (unknown.length > 0)
    throw new CommandError(`There is no figure ${unknown.join(', ')}. There are ${Object.keys(figures).join(', ')}.`);
  report('machine', { ...machine(), size: values.quick ? 'quick' : 'full' });
  const assembly = synthesize('prod', join(folder, 'cdk.out'));
  for (const [name, figure] of Object.entries(figures))
    if (wanted.length === 0 || wanted.includes(name)) await measure(name, () => figure(assembly));
  conclude();
});
rmSync(folder, { recursive: true, force: true });
