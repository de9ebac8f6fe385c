import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type * as Import from '../../../bin/members/import.ts';
import type { Stage } from '../../../bin/stage.ts';
import type * as PersonTable from '../../../lambdas/aws/person-table.ts';
import type { Reconsider } from '../../../lambdas/core/capture-message.ts';
import { startTable, TABLE } from '../../fixtures/table.ts';

const sqs = mockClient(SQSClient);
const folder = mkdtempSync(join(tmpdir(), 'lead-relay-members-'));
let table: Awaited<ReturnType<typeof startTable>>;
let persons: typeof PersonTable;
let importMembers: (typeof Import)['importMembers'];
beforeAll(async () => {
  table = await startTable();
  persons = await import('../../../lambdas/aws/person-table.ts');
  ({ importMembers } = await import('../../../bin/members/import.ts'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await table.stop();
});

/** Each test has a tenant of its own. */
let stage: Stage;
let count = 0;
beforeEach(() => {
  count += 1;
  stage = { access: {}, table: TABLE, tenant: `tenant-${count}`, captureBulkQueueUrl: 'https://sqs/bulk' } as Stage;
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
});

/** Imports a list, and says what it said meanwhile. */
async function imported(...rows: string[]) {
  const file = join(folder, `${stage.tenant}.csv`);
  writeFileSync(file, rows.join('\n'));
  const said = new PassThrough();
  const tally = await importMembers(stage, { file, country: undefined, progress: said });
  return { tally, said: String(said.read()) };
}
const memberships = async (identifier: string) =>
  (await persons.personOf(TABLE, stage.tenant, identifier)).memberships.map(({ by, membership, isNews }) => ({
    by,
    membership,
    ...(isNews && { isNews }),
  }));
const messages = () =>
  sqs
    .commandCalls(SendMessageBatchCommand)
    .flatMap(({ args: [{ input }] }) => input.Entries ?? [])
    .map(({ MessageBody = '' }) => JSON.parse(MessageBody) as Reconsider);
const list = (membership: string) => [{ by: 'list', membership }];

describe('the import of a list', () => {
  it('stores each membership under address and number, and nothing that says whose it is', async () => {
    const { tally, said } = await imported(
      'email,phone,status',
      'anna@example.com,+4930901820,active',
      'bob@example.com,,ended',
    );
    expect(tally).toMatchObject({ members: 1, former: 1, new: 2, changed: 0, unchanged: 0, repeated: 0, bad: [] });
    expect(await memberships('email:anna@example.com')).toEqual(list('subscribed'));
    expect(await memberships('phone:+4930901820')).toEqual(list('subscribed'));
    expect(await memberships('email:bob@example.com')).toEqual(list('terminated'));
    expect(said).toContain('100 %, 2 of 2 rows');
    expect(said).not.toMatch(/anna|bob|4930/);
    expect(messages()).toEqual([]);
  });

  it('done again changes nothing, and of a newer list only what is new', async () => {
    const rows = ['email,status', 'anna@example.com,active', 'bob@example.com,active'];
    await imported(...rows);
    expect((await imported(...rows)).tally).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
    const newer = await imported('email,status', 'anna@example.com,ended', 'bob@example.com,yes', 'carl@example.com,');
    expect(newer.tally).toMatchObject({ members: 2, former: 1, new: 1, changed: 1, unchanged: 1 });
    expect(await memberships('email:anna@example.com')).toEqual(list('terminated'));
  });

  it('goes by the last row about a person, also when it is done again', async () => {
    const rows = ['email,status', 'anna@example.com,active', 'bob@example.com,', 'ANNA@example.com,ended'];
    expect((await imported(...rows)).tally).toMatchObject({ members: 1, former: 1, new: 2, repeated: 1 });
    expect(await memberships('email:anna@example.com')).toEqual(list('terminated'));
    expect((await imported(...rows)).tally).toMatchObject({ new: 0, changed: 0, unchanged: 2, repeated: 1 });
  });

  it('keeps both of a family with one number', async () => {
    const { tally } = await imported(
      'email,phone,status',
      'a@example.com,+4930901820,',
      'b@example.com,+4930901820,ended',
    );
    expect(tally).toMatchObject({ members: 1, former: 1, new: 2, repeated: 0 });
    expect(await memberships('email:a@example.com')).toEqual(list('subscribed'));
    expect(await memberships('phone:+4930901820')).toEqual(list('terminated'));
  });

  it('has the leads of those consider their category anew of whom something is new', async () => {
    const lead = { lead_id: 'lead_1', source: 'close', receivedAt: '2026-03-05T13:30:00.000Z' };
    await persons.rememberLead(TABLE, stage.tenant, 'email:anna@example.com', lead);
    const rows = ['email', 'anna@example.com', 'bob@example.com'];
    expect((await imported(...rows)).tally).toMatchObject({ new: 2, reconsidered: 1 });
    const [message, ...more] = messages();
    expect(message).toMatchObject({ v: 1, reconsider: { tenant: stage.tenant, lead_id: 'lead_1' } });
    expect(message?.by).toMatch(/^members\/[\da-f-]{36}\/lead_1$/);
    expect(more).toEqual([]);
    expect((await imported(...rows)).tally).toMatchObject({ unchanged: 2, reconsidered: 0 });
    expect(messages()).toHaveLength(1);
  });

  it('names its bad rows by line, and takes the others', async () => {
    const { tally } = await imported(
      'email,status',
      'anna@example.com,perhaps',
      '"bob@example.com',
      'carl@example.com,',
    );
    expect(tally).toMatchObject({ new: 1 });
    expect(tally.bad).toEqual([
      { line: 2, reason: 'unknown status' },
      { line: 3, reason: 'broken quotes' },
    ]);
  });

  it('says that there is nothing to do where no row is good', async () => {
    await expect(imported('email', 'nobody')).rejects.toThrow(
      /^No row of .* can be used; the first one, line 2: no usable/,
    );
    await expect(imported('email', '')).rejects.toThrow(/^There is no row in /);
  });

  it('stops where the table fails, and goes on from there', async () => {
    const rows = ['email', ...Array.from({ length: 60 }, (_, row) => `${row}@example.com`)];
    await persons.rememberLead(TABLE, stage.tenant, 'email:30@example.com', {
      lead_id: 'lead_30',
      source: 'close',
      receivedAt: '2026-03-05T13:30:00.000Z',
    });
    const busy = { Failed: [{ Id: '0', Code: 'Busy', SenderFault: false }] };
    sqs.on(SendMessageBatchCommand).resolvesOnce(busy).resolves({});
    await expect(imported(...rows)).rejects.toThrow('SQS did not take 1 messages: Busy');
    const { tally } = await imported(...rows);
    expect(tally.members).toBe(60);
    expect(tally.new).toBeLessThan(60);
    expect(tally.reconsidered).toBe(1);
    expect(await memberships('email:30@example.com')).toEqual(list('subscribed'));
  });

  it('of 1,000 rows leaves what the last row about each person says, and changes nothing the second time', async () => {
    const random = randomOf(7);
    const words = { active: 'subscribed', former: 'terminated', '': 'subscribed' };
    const expected = new Map<string, string>();
    const rows = Array.from({ length: 1000 }, () => {
      const [address, number] = [`p${random(100)}@example.com`, `+4930901${100 + random(50)}`];
      const word = (['active', 'former', ''] as const)[random(3)] ?? '';
      expected.set(`email:${address}`, words[word]).set(`phone:${number}`, words[word]);
      return `${number},${word},${address}`;
    });
    const first = (await imported('mobile,state,mail', ...rows)).tally;
    expect(first.members + first.former + first.repeated).toBe(1000);
    for (const [identifier, membership] of expected) expect(await memberships(identifier)).toEqual(list(membership));
    const second = (await imported('mobile,state,mail', ...rows)).tally;
    expect(second).toMatchObject({ new: 0, changed: 0, unchanged: first.members + first.former });
  });
});

/** The same numbers each time. */
function randomOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}
