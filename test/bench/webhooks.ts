import { setTimeout as sleep } from 'node:timers/promises';
import { startLocal, type LocalRun } from '../e2e/local-run.ts';
import { startFloor } from './floor.ts';
import { endlessLeads } from './leads.ts';
import { load, type LoadResult } from './load.ts';
import { report, rounded } from './report.ts';

/** Long enough that no lead is due while the load runs; `capture` works beside it. */
const DELAY_SECONDS = '900';

/** Seconds for `capture` to work through the leads of one load. */
const CAPTURED_WITHIN = 240;

/** Acknowledged webhooks a second, each a new lead, beside what the same machine and the same sender can do at all. */
export async function webhooks({ seconds }: { seconds: number }): Promise<void> {
  await using run = await startLocal({ env: { DELAY_SECONDS } });
  const deliveries = endlessLeads(run.settings.secrets.close.signatureKey);
  const [webhook, health] = [`${run.url}/webhooks/close`, `${run.url}/local/health`];
  for (const connections of [10, 50]) {
    const until = { duration: seconds };
    const bare = await bareServer({ connections, until, deliveries });
    const gateway = await load({ url: health, connections, until });
    // The first ones start the function's threads, which is a figure of its own.
    await load({ url: webhook, connections, until: { amount: 2 * connections }, deliveries });
    await untilCaptured(run);
    const result = await load({ url: webhook, connections, until, deliveries });
    await untilCaptured(run);
    const shares = { of_bare_server: share(result, bare), of_local_health: share(result, gateway) };
    report('webhooks', { connections, ...shown(result), ...shares }, { failed: 0 });
    report('webhooks_floor', { connections, bare_server: shown(bare), local_health: shown(gateway) });
  }
}

async function bareServer(options: Omit<Parameters<typeof load>[0], 'url'>): Promise<LoadResult> {
  await using floor = await startFloor();
  return await load({ ...options, url: floor.url });
}

/** A machine that still works on the leads of one figure would spoil the next. */
async function untilCaptured(run: LocalRun): Promise<void> {
  const isBusy = async () => (await run.queues()).some(({ visible, inFlight }) => visible + inFlight > 0);
  for (let waited = 0; await isBusy(); waited += 0.5) {
    if (waited > CAPTURED_WITHIN) throw new Error(`capture was not done within ${CAPTURED_WITHIN} s`);
    await sleep(500);
  }
}

const shown = ({ perSecond, p50, p99, failed }: LoadResult) => ({
  per_second: rounded(perSecond, 1),
  p50_ms: p50,
  p99_ms: p99,
  failed,
});

const share = (result: LoadResult, floor: LoadResult) => rounded(result.perSecond / floor.perSecond, 4);
