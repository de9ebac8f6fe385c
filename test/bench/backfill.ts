import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { atOnce } from '../../bin/at-once.ts';
import { nothingYet } from '../../lambdas/core/completeness.ts';
import type { ListedPage } from '../../lambdas/core/listing.ts';
import type { Round } from '../../lambdas/core/sync.ts';
import { runRound } from '../../lambdas/sync/run-round.ts';
import { runCommand } from '../e2e/command.ts';
import { type LocalRun, startLocal } from '../e2e/local-run.ts';
import { atGraph, type MetaLead, metaLead, pageOf } from '../e2e/meta-lead.ts';
import { syncWorld } from '../fixtures/sync-world.ts';
import { report, rounded } from './report.ts';

/** Seconds until 10,000 missed leads are here; a tenth of them may take a tenth. */
const WITHIN = 300;
const LARGEST = 10_000;
const PUTS_AT_ONCE = 20;
/** How much more memory may be in use with a window that holds a hundred times as many leads. */
const MEMORY_RATIO = 1.5;
const PAGE = 100;

/** A lead waits as long as it does on AWS, so what comes after the wait is not measured here: it would begin when this is over. Seconds. */
const DELAY_SECONDS = '600';

/** Leads that no webhook brought, until each of them is here once: as long as `npm run sync` takes, which looks until they are. */
export async function backfill({ missed }: { missed: number }): Promise<void> {
  await using run = await startLocal({ env: { DELAY_SECONDS } });
  const leads = Array.from({ length: missed }, (_, number) => ofPerson(number, metaLead(pageOf(run, 'north'))));
  await atOnce(PUTS_AT_ONCE, leads, (lead) => atGraph(run, lead));
  const floor = await timed(async () =>
    atOnce(
      PUTS_AT_ONCE,
      leads,
      async ({ id }) => void (await (await fetch(`${run.url}/local/vendors/graph/${id}`)).text()),
    ),
  );
  const started = performance.now();
  const { code, said } = await runCommand('sync', {
    run,
    args: ['meta', '--tenant', 'north', '--since', '1d', '--quiet', '--json'],
  });
  const took = performance.now() - started;
  const { ours, vendor } = countsIn(said);
  const values = {
    missed,
    backfilled_s: rounded(took / 1000),
    to_floor: rounded(took / floor),
    exit_code: code ?? 1,
    missing: vendor - ours,
    not_counted: missed - vendor,
    captured_twice: repeatedIn(run),
  };
  const limits = {
    backfilled_s: Math.max(30, (WITHIN * missed) / LARGEST),
    exit_code: 0,
    missing: 0,
    not_counted: 0,
    captured_twice: 0,
  };
  report('backfill', values, limits);
}

/** The same lead of a person of its own: ten thousand leads are not of one. */
function ofPerson(number: number, lead: MetaLead): MetaLead {
  const own: Record<string, string> = {
    email: `person-${number}@example.org`,
    phone_number: `+49 30 9${100_000 + number}`,
  };
  const field_data = lead.record.field_data.map(({ name, values }) => ({
    name,
    values: name in own ? [own[name] ?? ''] : values,
  }));
  return { ...lead, record: { ...lead.record, field_data } };
}

function countsIn(said: string): { vendor: number; ours: number } {
  const { tenants } = JSON.parse(said) as { tenants: { accounts: { vendor: number; ours: number }[] }[] };
  return tenants[0]?.accounts[0] ?? { vendor: 0, ours: 0 };
}

/** New leads that were taken for new once more. */
function repeatedIn(run: LocalRun): number {
  const lines = readFileSync(`${run.dataDir}/functions.log`, 'utf8').split('\n');
  const ids = lines.flatMap((line) => /"step":"capture","outcome":"done".*?"lead_id":"(\w+)"/.exec(line)?.[1] ?? []);
  return ids.length - new Set(ids).size;
}

/** What a comparison with nothing missing costs, with a small window and with one that holds a hundred times as many leads. */
export async function syncBySize({ few, many }: { few: number; many: number }): Promise<void> {
  const small = await compared(few);
  const large = await compared(many);
  const values = {
    leads: [few, many],
    requests: [small.requests, large.requests],
    requests_above_pages: large.requests - Math.ceil(many / PAGE) + small.requests - Math.ceil(few / PAGE),
    heap_mb: [rounded(small.heap / 2 ** 20), rounded(large.heap / 2 ** 20)],
    memory_ratio: rounded(large.heap / small.heap),
  };
  report('sync_by_size', values, { requests_above_pages: 0, memory_ratio: MEMORY_RATIO });
}

/** What is garbage is not in use. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

async function compared(count: number): Promise<{ requests: number; heap: number }> {
  const collect = collector();
  let requests = 0;
  let heap = 0;
  const { ports, world } = syncWorld({
    // Made page by page, as a vendor's answers come in: nothing else holds them.
    page: async (_, { from }, cursor): Promise<ListedPage> => {
      requests += 1;
      collect();
      heap = Math.max(heap, process.memoryUsage().heapUsed);
      const start = Number(cursor ?? 0);
      const end = Math.min(count, start + PAGE);
      const leads = Array.from({ length: end - start }, (__, n) => ({
        leadId: `lead_${start + n}`,
        createdAt: from + n,
        posted: { name: 'x'.repeat(500) },
      }));
      return { leads, ...(end < count && { cursor: String(end) }) };
    },
    missingOf: async () => new Set(),
  });
  const of = { tenant: 'north', source: 'meta', account: '111' };
  const { since, settledUntil } = await ports.begin(of, world.now);
  const to = world.now + 3600_000;
  const round: Round = {
    v: 1,
    round: of,
    since,
    settledUntil,
    from: since,
    to,
    settle: to,
    patient: to,
    tally: nothingYet,
    checks: 0,
    restarts: 0,
  };
  await runRound(round, ports);
  return { requests, heap };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
