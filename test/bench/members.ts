import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { atOnce } from '../../bin/at-once.ts';
import type { Tally } from '../../bin/members/tally.ts';
import { runCommand } from '../e2e/command.ts';
import { startLocal, type LocalRun } from '../e2e/local-run.ts';
import { report, rounded } from './report.ts';

/** As many as the command works on. */
const AT_ONCE = 25;
/** How often a row may take the time of a plain put: two looks, two writes, and a look alone when nothing is new. */
const TIMES = { first: 10, again: 4 };
/** Megabytes of heap that the command gets, however long the list is. */
const HEAP = 96;

/** A list of members imported as a person would, twice: each is stored, and the second time nothing changes. */
export async function members({ count }: { count: number }): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lead-relay-members-'));
  try {
    await using run = await startLocal();
    const file = join(folder, 'members.csv');
    writeFileSync(file, `email,status\n${Array.from({ length: count }, (_, row) => rowOf(row)).join('\n')}\n`);
    const puts = Math.ceil(count / 10);
    // The first ones pay for connections.
    await putPlainly(run, 10 * AT_ONCE);
    const floor = (await timed(() => putPlainly(run, puts))).ms / puts;
    const first = await timed(() => importList(run, file));
    const again = await timed(() => importList(run, file));
    const values = {
      rows: count,
      not_new: count - first.result.new,
      not_stored: count - (await storedIn(run)),
      changed_again: count - again.result.unchanged,
      first_s: rounded(first.ms / 1000, 1),
      again_s: rounded(again.ms / 1000, 1),
      first_to_floor: rounded(first.ms / count / floor),
      again_to_floor: rounded(again.ms / count / floor),
      heap_mb: HEAP,
    };
    const limits = { first_to_floor: TIMES.first, again_to_floor: TIMES.again };
    report('members', values, { not_new: 0, not_stored: 0, changed_again: 0, ...limits });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rowOf = (row: number) => `member${row}@example.org,${row % 50 === 0 ? 'ended' : 'active'}`;

/** The floor: rows of the same size, put one by one and by as many at once. */
async function putPlainly({ dynamodb, settings }: LocalRun, count: number): Promise<void> {
  const table = DynamoDBDocumentClient.from(dynamodb);
  await atOnce(AT_ONCE, Array(count).keys(), async (row) => {
    const Item = { PK: `north#FLOOR#${String(row).padStart(64, '0')}`, SK: 'FLOOR', v: 1, membership: 'subscribed' };
    await table.send(new PutCommand({ TableName: settings.table, Item }));
  });
}

async function importList(run: LocalRun, file: string): Promise<Tally> {
  const env = { NODE_OPTIONS: `--max-old-space-size=${HEAP}` };
  const { code, said } = await runCommand('members', { args: ['import', file, '--json'], run, env });
  const json = said.split('\n').find((line) => line.startsWith('{'));
  if (code !== 0 || json === undefined) throw new Error(`the import ended with ${code}: ${said.slice(-500)}`);
  return JSON.parse(json) as Tally;
}

/** How many memberships the table has, settled ones only. */
async function storedIn({ dynamodb, settings }: LocalRun): Promise<number> {
  const pages = paginateScan(
    { client: DynamoDBDocumentClient.from(dynamodb) },
    {
      TableName: settings.table,
      FilterExpression: 'SK = :list AND attribute_not_exists(isNews)',
      ExpressionAttributeValues: { ':list': 'MEMBER#list' },
    },
  );
  let count = 0;
  for await (const { Count = 0 } of pages) count += Count;
  return count;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}
