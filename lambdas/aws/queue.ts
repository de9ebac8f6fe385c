import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { answerWithin } from './deadlines.ts';

const client = new SQSClient({ maxAttempts: 3, requestHandler: answerWithin(2000) });

/** What SQS can hold a message back for (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
const LONGEST_DELAY = 900;
/** What SQS takes at once. */
const BATCH = 10;

/** Puts a message on a queue, held back until its time or as long as SQS can; whoever gets it early sends it again. */
export async function send(queueUrl: string, message: { notBefore?: string | undefined }, now: number): Promise<void> {
  const seconds = message.notBefore === undefined ? 0 : Math.ceil((Date.parse(message.notBefore) - now) / 1000);
  const DelaySeconds = Math.min(LONGEST_DELAY, Math.max(0, seconds));
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message), DelaySeconds }));
}

/** Puts messages on a queue, ten at a time. Throws where SQS did not take one of them; some may be there then. */
export async function sendAll(queueUrl: string, messages: object[]): Promise<void> {
  for (let from = 0; from < messages.length; from += BATCH) {
    const Entries = messages
      .slice(from, from + BATCH)
      .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message), DelaySeconds: 0 }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`SQS did not take ${Failed.length} messages: ${Failed[0]?.Code}`);
  }
}

/** How many messages of a queue wait for their turn, about: those that are held back or worked on are not among them. */
export async function waitingIn(queueUrl: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes['ApproximateNumberOfMessages'] ?? 0);
}

/** Puts a message on a DLQ with the reason beside it. It starts afresh when it is sent back. */
export async function sendToDlq(
  queueUrl: string,
  message: { notBefore?: string | undefined; since?: unknown; slots?: unknown },
  reason: string,
): Promise<void> {
  const { since: _since, slots: _slots, ...afresh } = message;
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify(afresh),
      MessageAttributes: { reason: { DataType: 'String', StringValue: reason } },
    }),
  );
}
