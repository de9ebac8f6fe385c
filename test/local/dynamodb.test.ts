import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type LocalRun, newDataDir } from '../e2e/local-run.ts';
import { startFixture } from './fixture.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startFixture();
});
afterAll(async () => {
  await run.stop();
});

const TableName = 'Fixture-Table';
const keyOf = (PK: string, SK = 'ROW') => ({ PK: { S: PK }, SK: { S: SK } });
const sortKeys = (items: Record<string, { S?: string }>[] | undefined, name = 'SK') =>
  items?.map((item) => item[name]?.S);

it('lets exactly one of 50 conditional puts at once through', async () => {
  const put = (n: number) =>
    run.dynamodb.send(
      new PutItemCommand({
        TableName,
        Item: { ...keyOf('race'), n: { N: String(n) } },
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    );
  const results = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => put(index)));
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.name] : []));
  expect(refused).toEqual(Array.from({ length: 49 }, () => 'ConditionalCheckFailedException'));
});

it('counts exactly with 50 at once', async () => {
  const add = () =>
    run.dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf('counter'),
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
  await Promise.all(Array.from({ length: 50 }, add));
  const { Item } = await run.dynamodb.send(new GetItemCommand({ TableName, Key: keyOf('counter') }));
  expect(Item?.['n']).toEqual({ N: '50' });
});

it('reads a range of keys in its order, forth and back, page by page', async () => {
  const names = Array.from({ length: 250 }, (_, index) => `ROW#${String(index).padStart(3, '0')}`);
  for (const SK of [...names, 'OTHER', 'ROX'])
    await run.dynamodb.send(new PutItemCommand({ TableName, Item: keyOf('range', SK) }));
  const query = (more: object) =>
    run.dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'PK = :pk AND begins_with(SK, :sk)',
        ExpressionAttributeValues: { ':pk': { S: 'range' }, ':sk': { S: 'ROW#' } },
        ...more,
      }),
    );
  expect(sortKeys((await query({})).Items)).toEqual(names);
  expect(sortKeys((await query({ ScanIndexForward: false, Limit: 3 })).Items)).toEqual(names.slice(-3).toReversed());
  const first = await query({ Limit: 100 });
  const second = await query({ Limit: 100, ExclusiveStartKey: first.LastEvaluatedKey });
  expect(sortKeys(second.Items)).toEqual(names.slice(100, 200));
});

it('moves an item in an index when its key there changes, and takes it out when it has none', async () => {
  const update = (UpdateExpression: string, values?: object) =>
    run.dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf('indexed'),
        UpdateExpression,
        ...(values && { ExpressionAttributeValues: values as never }),
      }),
    );
  const inIndex = async () => {
    const command = new QueryCommand({
      TableName,
      IndexName: 'GSI1',
      KeyConditionExpression: 'GSI1PK = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'acme#DUE' } },
    });
    return sortKeys((await run.dynamodb.send(command)).Items, 'GSI1SK');
  };
  await update('SET GSI1PK = :pk, GSI1SK = :sk', { ':pk': { S: 'acme#DUE' }, ':sk': { S: '2026-01' } });
  expect(await inIndex()).toEqual(['2026-01']);
  await update('SET GSI1SK = :sk', { ':sk': { S: '2026-02' } });
  expect(await inIndex()).toEqual(['2026-02']);
  await update('REMOVE GSI1PK, GSI1SK');
  expect(await inIndex()).toEqual([]);
});

it('deletes an item where its condition holds, out of its index too, and leaves it alone otherwise', async () => {
  const Item = { ...keyOf('owned'), tenant: { S: 'acme' }, GSI1PK: { S: 'acme#ACCOUNTS' }, GSI1SK: { S: 'meta#1' } };
  await run.dynamodb.send(new PutItemCommand({ TableName, Item }));
  const deleteAs = (tenant: string) =>
    run.dynamodb.send(
      new DeleteItemCommand({
        TableName,
        Key: keyOf('owned'),
        ConditionExpression: '#tenant = :tenant',
        ExpressionAttributeNames: { '#tenant': 'tenant' },
        ExpressionAttributeValues: { ':tenant': { S: tenant } },
      }),
    );
  const found = async (more: object) => (await run.dynamodb.send(new QueryCommand({ TableName, ...more }))).Items;
  const inTable = {
    KeyConditionExpression: 'PK = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'owned' } },
    ConsistentRead: true,
  };
  const inIndex = {
    IndexName: 'GSI1',
    KeyConditionExpression: 'GSI1PK = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'acme#ACCOUNTS' } },
  };
  await expect(deleteAs('other')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  expect([await found(inTable), await found(inIndex)]).toEqual([[Item], [Item]]);
  await expect(found({ ...inIndex, ConsistentRead: true })).rejects.toMatchObject({ name: 'ValidationException' });
  await deleteAs('acme');
  expect([await found(inTable), await found(inIndex)]).toEqual([[], []]);
  await expect(deleteAs('acme')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
});

it('still has everything that it acknowledged after it was killed', async () => {
  const dataDir = newDataDir();
  const killed = await startFixture({ dataDir });
  const Item = {
    ...keyOf('kept'),
    GSI1PK: { S: 'a' },
    GSI1SK: { S: 'b' },
    list: { L: [{ S: 'Zoë' }, { NULL: true }] },
  };
  await killed.dynamodb.send(new PutItemCommand({ TableName, Item }));
  await killed.kill('SIGKILL');
  await using again = await startFixture({ dataDir });
  const kept = await again.dynamodb.send(new GetItemCommand({ TableName, Key: keyOf('kept') }));
  expect(kept.Item).toEqual(Item);
});
