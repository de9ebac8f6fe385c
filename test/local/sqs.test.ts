import { setTimeout as wait } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type LocalRun, newDataDir } from '../e2e/local-run.ts';
import { until } from '../e2e/until.ts';
import { arnOf, propertiesOf, queueUrl, startFixture } from './fixture.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startFixture();
});
afterAll(async () => {
  await run.stop();
});

const send = (id: string, MessageBody: string, DelaySeconds?: number) =>
  run.sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(run.aws, id),
      MessageBody,
      ...(DelaySeconds !== undefined && { DelaySeconds }),
    }),
  );

async function receive(from: LocalRun, id: string, more: object = {}) {
  const QueueUrl = queueUrl(from.aws, id);
  const command = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'], ...more });
  return (await from.sqs.send(command)).Messages?.[0];
}

const countOf = async (name: string) => (await run.queues()).find((queue) => queue.name.endsWith(name));

it('gives a queue an address that works from here', async () => {
  const { QueueUrl } = await run.sqs.send(new GetQueueUrlCommand({ QueueName: 'Fixture-Work' }));
  expect(QueueUrl).toBe(queueUrl(run.aws, 'Work'));
});

it('parks a message that was tried too often, and moves it back to where it came from as a new one', async () => {
  await send('Work', '{"do":"report"}');
  await until('parked', async () => (await countOf('Parked'))?.visible === 1);
  await run.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('sqs', 'Parked') }));
  const { Results = [] } = await run.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('sqs', 'Parked') }));
  expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  await until('parked again', async () => (await countOf('Parked'))?.visible === 1);
  const heard = run
    .functionLog()
    .split('\n')
    .filter((line) => line.includes('"report"'));
  expect(heard.map((line) => JSON.parse(line).log.receives)).toEqual(['1', '2', '1', '2']);
  await receive(run, 'Parked', { VisibilityTimeout: 600 });
});

it('can move a message that was sent straight to a dead-letter queue only where it is told to', async () => {
  await send('Parked', '{"do":"say","line":{"moved":true}}');
  await run.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('sqs', 'Parked') }));
  const { Results = [] } = await run.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('sqs', 'Parked') }));
  expect(Results).toMatchObject([{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }]);

  const DestinationArn = arnOf('sqs', 'Work');
  await run.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('sqs', 'Parked'), DestinationArn }));
  await until('moved', async () => run.functionLog().includes('"moved":true'));
});

it('moves no more messages a second than it is told to', async () => {
  for (const text of ['a', 'b', 'c']) await send('Parked', text);
  const [SourceArn, DestinationArn] = [arnOf('sqs', 'Parked'), arnOf('sqs', 'Announced')];
  const started = Date.now();
  await run.sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: 1 }));
  const task = async () => (await run.sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results?.[0];
  expect(await task()).toMatchObject({ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 1 });
  const again = run.sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
  await expect(again).rejects.toThrow('There is already a task running.');
  await until('moved', async () => (await task())?.Status === 'COMPLETED');
  expect(Date.now() - started).toBeGreaterThanOrEqual(2000);
  await run.sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl(run.aws, 'Announced') }));
});

it('refuses to move from a queue that parks nothing, and knows who parks where', async () => {
  const start = run.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('sqs', 'Work') }));
  await expect(start).rejects.toThrow('Source queue must be configured as a Dead Letter Queue.');
  const sources = new ListDeadLetterSourceQueuesCommand({ QueueUrl: queueUrl(run.aws, 'Parked') });
  expect((await run.sqs.send(sources)).queueUrls).toEqual([queueUrl(run.aws, 'Work')]);
});

it('shows a message again at once when its receiver gives it back', async () => {
  await send('Announced', 'given back');
  const { ReceiptHandle } = (await receive(run, 'Announced')) ?? {};
  const QueueUrl = queueUrl(run.aws, 'Announced');
  await run.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  expect(await receive(run, 'Announced')).toMatchObject({
    Body: 'given back',
    Attributes: { ApproximateReceiveCount: '2' },
  });
});

it('takes up to ten messages at once, each with a delay of its own, and no more than 1 MB of them', async () => {
  const batch = (id: string, Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]) =>
    run.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl(run.aws, id), Entries }));
  const entries = Array.from({ length: 10 }, (_, index) => ({
    Id: `n${index}`,
    MessageBody: `{"do":"say","line":{"slice":${index}}}`,
    ...(index === 9 && { DelaySeconds: 600 }),
  }));
  const { Successful, Failed = [] } = await batch('Work', entries);
  expect([Successful?.map(({ Id }) => Id), Failed]).toEqual([entries.map(({ Id }) => Id), []]);
  await until('heard', async () => (run.functionLog().match(/"slice":\d/g) ?? []).length >= 9);
  expect(run.functionLog()).not.toContain('"slice":9');
  expect(await countOf('Work')).toMatchObject({ delayed: 1 });
  await expect(batch('Announced', [...entries, { Id: 'n10', MessageBody: 'x' }])).rejects.toThrow();
  const long = ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) }));
  await expect(batch('Announced', long)).rejects.toThrow();
});

it('delivers a delayed message on time although it was killed meanwhile', async () => {
  const dataDir = newDataDir();
  const killed = await startFixture({ dataDir });
  const sent = Date.now();
  const QueueUrl = queueUrl(killed.aws, 'Announced');
  await killed.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late', DelaySeconds: 12 }));
  await killed.kill('SIGKILL');

  await using again = await startFixture({ dataDir });
  expect(await receive(again, 'Announced')).toBeUndefined();
  expect(await again.queues()).toContainEqual({ name: 'Fixture-Announced', visible: 0, delayed: 1, inFlight: 0 });
  const message = await until('delivered', () => receive(again, 'Announced', { WaitTimeSeconds: 5 }));
  expect(message.Body).toBe('late');
  expect(Date.now() - sent).toBeGreaterThanOrEqual(12_000);
});

it('gives the queues of an earlier run the attributes that the template has now', async () => {
  const dataDir = newDataDir();
  const before = await startFixture({ dataDir });
  await before.stop();
  await using after = await startFixture({
    dataDir,
    edit: (template) => {
      propertiesOf(template, 'Announced')['DelaySeconds'] = 2;
    },
  });
  await after.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(after.aws, 'Announced'), MessageBody: 'x' }));
  expect(await receive(after, 'Announced')).toBeUndefined();
  await wait(2100);
  expect(await receive(after, 'Announced')).toMatchObject({ Body: 'x' });
});
