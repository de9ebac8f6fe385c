import { PublishBatchCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { LocalRun } from '../e2e/local-run.ts';
import { arnOf, queueUrl, startFixture } from './fixture.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startFixture();
});
beforeEach(async () => {
  await run.clearInbox();
});
afterAll(async () => {
  await run.stop();
});

const TopicArn = arnOf('sns', 'Topic');
const attributes = (tenant: string) => ({
  tenant: { DataType: 'String', StringValue: tenant },
  lead_id: { DataType: 'String', StringValue: 'lead_1' },
});

it('puts an e-mail in the inbox of a subscriber whose filter takes it, and in no other', async () => {
  await run.sns.send(
    new PublishCommand({ TopicArn, Subject: 'Hello', Message: 'Zoë', MessageAttributes: attributes('acme') }),
  );
  await run.sns.send(
    new PublishCommand({ TopicArn, Subject: 'Hello', Message: 'Not ours', MessageAttributes: attributes('other') }),
  );
  await run.sns.send(new PublishCommand({ TopicArn, Message: 'Whose?' }));
  expect(await run.inbox()).toMatchObject([
    {
      channel: 'email',
      to: 'reader@acme.example',
      lead_id: 'lead_1',
      text: 'Hello\n\nZoë',
      payload: { Subject: 'Hello' },
    },
  ]);
});

it('shows what a topic that is not for alerts says as the topic’s, also to an address', async () => {
  const AlarmTopic = arnOf('sns', 'AlarmTopic');
  await run.sns.send(new PublishCommand({ TopicArn: AlarmTopic, Subject: 'Hello', Message: 'Zoë' }));
  expect(await run.inbox()).toMatchObject([{ channel: 'topic', to: 'watch@acme.example', text: 'Hello\n\nZoë' }]);
});

it('delivers each message of a batch', async () => {
  const PublishBatchRequestEntries = ['one', 'two'].map((Message, index) => ({
    Id: String(index),
    Message,
    MessageAttributes: attributes('acme'),
  }));
  await run.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
  expect((await run.inbox()).map(({ text }) => text)).toEqual(['one', 'two']);
});

it('delivers to a queue that subscribes, and shows it in the inbox as what it is', async () => {
  await run.sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: arnOf('sqs', 'Announced'),
      Attributes: { FilterPolicy: '{"tenant":["other"]}' },
    }),
  );
  await run.sns.send(new PublishCommand({ TopicArn, Message: 'for a queue', MessageAttributes: attributes('other') }));
  expect(await run.inbox()).toMatchObject([
    { channel: 'topic', to: 'Fixture-Announced', lead_id: 'lead_1', text: 'for a queue' },
  ]);
  const { Messages = [] } = await run.sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(run.aws, 'Announced') }));
  expect(JSON.parse(Messages[0]?.Body ?? '')).toMatchObject({ Message: 'for a queue' });
});

it('keeps nothing that it refused', async () => {
  const nowhere = new PublishCommand({ TopicArn: `${TopicArn}x`, Message: 'lost' });
  await expect(run.sns.send(nowhere)).rejects.toMatchObject({ name: 'NotFoundException' });
  expect(await run.inbox()).toEqual([]);
});
