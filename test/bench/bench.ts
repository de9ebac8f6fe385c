import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from './assembly.ts';
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
  },
};

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const size = values.quick ? sizes.quick : sizes.full;
const folder = mkdtempSync(join(tmpdir(), 'lead-relay-bench-'));
try {
  report('machine', { ...machine(), size: values.quick ? 'quick' : 'full' });
  const assembly = synthesize('prod', join(folder, 'cdk.out'));
  await measure('bundle', () => bundles(assembly));
  await measure('cold_start', () => coldStarts(assembly, folder, { rounds: size.rounds }));
  await measure('one_lead', () => oneLead({ more: size.more }));
  await measure('webhooks', () => webhooks({ seconds: size.seconds }));
  await measure('burst', () => burst({ count: size.burst, delaySeconds: 15 }));
  await measure('killed_in_the_wait', () => killed({ count: size.killed }));
  await measure('meta_delivery', () => metaDelivery({ count: size.meta }));
  await measure('meta_with_dying_workers', () => metaWithDyingWorkers({ leads: size.meta, crashes: size.crashes }));
  await measure('hubspot_delivery', () => hubspotDelivery());
  await measure('hubspot_capture_by_size', () => hubspotCapture({ few: 1000, many: size.contacts, events: 50 }));
  await measure('hubspot_import', () => hubspotImport({ count: size.imported }));
  await measure('members', () => members({ count: size.members }));
  await measure('dashboard_page', () => dashboardPage({ leads: size.shown }));
  await measure('dashboard_first_page_by_size', () => firstPage({ few: 1000, many: size.leads, times: 50 }));
  await measure('costs', async () => costs(assembly, await calls({ count: size.calls })));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
conclude();
