import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type * as Who from '../../bin/who.ts';
import type { Stage } from '../../bin/stage.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let who: typeof Who;
const partitions: Record<string, string> = {};
const stage = { tenant: 'north', table: TABLE } as Stage;
const found = async (text: string) => (await who.leadsOf(stage, text)).leads.map(({ lead_id }) => lead_id).sort();

beforeAll(async () => {
  table = await startTable();
  who = await import('../../bin/who.ts');
  const { keyOf } = await import('../../lambdas/aws/table.ts');
  const { rememberLead } = await import('../../lambdas/aws/person-table.ts');
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  /** Zoë's leads have her address, one of them the number of her office too, which a colleague's has as well. */
  const identifiers: Record<string, string[]> = {
    lead_a: ['email:zoe@example.org'],
    '9_1': ['email:zoe@example.org', 'phone:+4930901820'],
    '7701': ['phone:+4930901820'],
    '490111222333': [],
  };
  for (const [lead_id, of] of Object.entries(identifiers)) {
    for (const identifier of of) {
      partitions[identifier] = keyOf.person('north', identifier);
      await rememberLead(TABLE, 'north', identifier, {
        lead_id,
        source: 'close',
        receivedAt: `2026-03-05T1${of.length}`,
      });
    }
    const persons = of.length > 0 ? new Set(of.map((identifier) => keyOf.person('north', identifier))) : undefined;
    const Item = { PK: `north#LEAD#${lead_id}`, SK: 'LEAD', source: 'close', ...(persons && { persons }) };
    await documents.send(new PutCommand({ TableName: TABLE, Item }));
  }
});
afterAll(() => table.stop());

describe('who is meant', () => {
  it('by an address, in any case of letters, is whoever has it', async () => {
    expect(await found('Zoe@Example.org')).toEqual(['9_1', 'lead_a']);
  });

  it('by a number, however it is written, is whoever has it', async () => {
    expect(await found('+49 30 / 90 18 20')).toEqual(['7701', '9_1']);
  });

  it('by a lead is that lead, and those with its address or its number, but nobody who shares only theirs', async () => {
    expect(await found('9_1')).toEqual(['7701', '9_1', 'lead_a']);
    expect(await found('lead_a')).toEqual(['9_1', 'lead_a']);
  });

  it('by a lead whose id looks like a number is the lead', async () => {
    expect(await found('490111222333')).toEqual(['490111222333']);
  });

  it('may be somebody of whom nothing is kept', async () => {
    expect(await found('nobody@example.org')).toEqual([]);
    expect(await who.leadsOf(stage, 'lead_unknown')).toEqual({ leads: [], partitions: [] });
  });

  it.each([['   '], ['who is that?'], ['a@b@c']])('is nobody by %j', async (text) => {
    await expect(who.leadsOf(stage, text)).rejects.toThrow('neither an e-mail address nor a phone number');
  });

  it('comes with the partitions that are about them alone', async () => {
    expect((await who.leadsOf(stage, 'zoe@example.org')).partitions).toEqual([partitions['email:zoe@example.org']]);
  });
});
