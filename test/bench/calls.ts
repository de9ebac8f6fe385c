import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocal } from '../e2e/local-run.ts';
import { untilTold } from './alerts.ts';
import type { ServedCall } from './count-calls.ts';
import { endlessLeads } from './leads.ts';
import { report, rounded } from './report.ts';
import { writeUnits } from './table-units.ts';

const DELAY_SECONDS = 3;

/** What one lead uses on a warm path, on average. */
export interface LeadUse {
  /** Calls by `{step} {service} {operation}`. */
  calls: Record<string, number>;
  /** Rows read and queries made. */
  reads: number;
  writeUnits: number;
  /** The same by kind of row: lead, event, channel, misses. */
  writeUnitsByRow: Record<string, number>;
  /** Bytes and lines that the functions log. */
  logBytes: number;
  logLines: number;
}

/** Counts the AWS calls of the functions as the local run serves them, after some leads that start the functions. */
export async function calls({ count }: { count: number }): Promise<LeadUse> {
  const folder = mkdtempSync(join(tmpdir(), 'lead-relay-calls-'));
  const file = join(folder, 'calls.jsonl');
  try {
    const preload = `--import=${new URL('./count-calls.ts', import.meta.url).href}`;
    const env = { DELAY_SECONDS: String(DELAY_SECONDS), NODE_OPTIONS: preload, BENCH_CALLS_FILE: file };
    await using run = await startLocal({ env });
    const deliveries = endlessLeads(run.settings.secrets.close.signatureKey);
    const postAndTell = async (leads: number, told: number) => {
      for (let index = 0; index < leads; index += 1) {
        const { body, headers } = deliveries.next().value;
        await (await run.post('/webhooks/close', body, headers)).text();
      }
      await untilTold(run, told, DELAY_SECONDS + 60);
    };
    await postAndTell(count, count);
    const [servedBefore, loggedBefore] = [served(file).length, run.functionLog().length];
    await postAndTell(count, 2 * count);
    const use = useOf(served(file).slice(servedBefore), run.functionLog().slice(loggedBefore), count);
    report('aws_calls_per_lead', { ...use, of: count });
    return use;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function useOf(all: ServedCall[], log: string, count: number): LeadUse {
  const ours = all.filter(({ accessKey }) => accessKey.startsWith('LeadRelay-'));
  const writes = writeUnits(ours.flatMap(writesOf));
  const lines = log.split('\n').filter(Boolean);
  const bytes = lines.map((line) => JSON.stringify((JSON.parse(line) as { log?: object }).log ?? '').length);
  return {
    calls: perLead(
      ours.map((call) => [nameOf(call), 1]),
      count,
    ),
    writeUnitsByRow: perLead(
      writes.map(({ kind, units }) => [kind, units]),
      count,
    ),
    reads: rounded(ours.reduce((sum, call) => sum + readsOf(call), 0) / count),
    writeUnits: rounded(writes.reduce((sum, { units }) => sum + units, 0) / count),
    logBytes: rounded(bytes.reduce((sum, size) => sum + size, 0) / count),
    logLines: rounded(lines.length / count),
  };
}

/** The calls that write one row each, those of a batch one by one. */
function writesOf(call: ServedCall): ServedCall[] {
  if (/^DynamoDB.*\.(Put|Update|Delete)Item$/.test(call.target)) return [call];
  if (!/^DynamoDB.*\.BatchWriteItem$/.test(call.target)) return [];
  const { RequestItems } = JSON.parse(call.body) as { RequestItems: Record<string, { PutRequest: object }[]> };
  return Object.values(RequestItems)
    .flat()
    .map(({ PutRequest }) => ({ ...call, body: JSON.stringify(PutRequest) }));
}

function readsOf({ target, body }: ServedCall): number {
  if (/^DynamoDB.*\.(GetItem|Query)$/.test(target)) return 1;
  if (!/^DynamoDB.*\.BatchGetItem$/.test(target)) return 0;
  const { RequestItems } = JSON.parse(body) as { RequestItems: Record<string, { Keys: object[] }> };
  return Object.values(RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);
}

function perLead(counted: [name: string, times: number][], count: number): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, times] of counted) sums.set(name, (sums.get(name) ?? 0) + times);
  return Object.fromEntries(
    [...sums].map(([name, sum]): [string, number] => [name, rounded(sum / count)]).sort(byName),
  );
}

const byName = ([a]: [string, number], [b]: [string, number]) => a.localeCompare(b);

/** `process dynamodb UpdateItem` */
function nameOf({ method, target, accessKey, body }: ServedCall): string {
  const step = /(Ingest|Capture|Process)Function/.exec(accessKey)?.[1]?.toLowerCase() ?? 'unknown';
  const [service = '', operation] = target.split('.');
  if (operation !== undefined) return `${step} ${service.toLowerCase().replace(/^amazon|_\d+$/g, '')} ${operation}`;
  const action = new URLSearchParams(body).get('Action');
  return action === null ? `${step} s3 ${method === 'PUT' ? 'PutObject' : 'GetObject'}` : `${step} sns ${action}`;
}

const served = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ServedCall);
