import { setTimeout as sleep } from 'node:timers/promises';
import { rmSync } from 'node:fs';
import { newDataDir, startLocal, type LocalRun } from '../e2e/local-run.ts';
import { alertsOf, untilTold } from './alerts.ts';
import { endlessLeads } from './leads.ts';
import { load } from './load.ts';
import { report } from './report.ts';

/** Long enough that all leads are in their wait when the process is killed, and not yet due when it starts again. */
const DELAY_SECONDS = 60;

/** Leads told after the whole local run was killed while they were in their wait: each of them, and how many twice. */
export async function killed({ count }: { count: number }): Promise<void> {
  const dataDir = newDataDir();
  try {
    const env = { DELAY_SECONDS: String(DELAY_SECONDS) };
    const first = await startLocal({ dataDir, env });
    const deliveries = endlessLeads(first.settings.secrets.close.signatureKey);
    const posted = await load({
      url: `${first.url}/webhooks/close`,
      connections: 10,
      until: { amount: count },
      deliveries,
    });
    const waiting = await untilWaiting(first, count);
    await first.kill('SIGKILL');
    await using second = await startLocal({ dataDir, env });
    await untilTold(second, count, 3 * DELAY_SECONDS);
    const alerts = [...(await alertsOf(second)).values()];
    const repeated = alerts.filter((times) => times.length > 1).length;
    const values = { leads: count, acknowledged: posted.acknowledged, waiting, alerts: alerts.length, repeated };
    // Each lead is told on two channels.
    report('killed_in_the_wait', { ...values, missing: 2 * count - alerts.length }, { missing: 0, repeated: 0 });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function untilWaiting(run: LocalRun, count: number): Promise<number> {
  const end = Date.now() + (DELAY_SECONDS / 2) * 1000;
  for (;;) {
    const waiting = (await run.queues()).reduce((sum, { delayed }) => sum + delayed, 0);
    if (waiting >= count || Date.now() > end) return waiting;
    await sleep(200);
  }
}
