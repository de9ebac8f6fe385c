import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { answerWithin } from './deadlines.ts';
import { forEachNamed, together } from './together.ts';

const client = new SQSClient({ maxAttempts: 3, requestHandler: answerWithin(2000) });

/** What SQS can hold a message back for (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
const LONGEST_DELAY = 900;
/** What SQS takes at once. */
const BATCH = 10;

interface Message {
  body: object;
  /** Seconds. */
  delay: number;
}

/** Puts a message on a queue, held back until its time or as long as SQS can; whoever gets it early sends it again. Messages of the same moment go together. */
export function send(queueUrl: string, message: { notBefore?: string | undefined }, now: number): Promise<void> {
  const seconds = message.notBefore === undefined ? 0 : Math.ceil((Date.parse(message.notBefore) - now) / 1000);
  return senderTo(queueUrl)({ body: message, delay: Math.min(LONGEST_DELAY, Math.max(0, seconds)) });
}

/** Puts messages on a queue, ten at a time. Throws where SQS did not take one of them; some may be there then. */
export async function sendAll(queueUrl: string, messages: object[]): Promise<void> {
  for (let from = 0; from < messages.length; from += BATCH) {
    const some = messages.slice(from, from + BATCH).map((body) => ({ body, delay: 0 }));
    const failed = (await sendBatch(queueUrl, some)).filter((error) => error !== undefined);
    if (failed.length > 0) throw new Error(`SQS did not take ${failed.length} messages: ${failed[0]?.message}`);
  }
}

const senderTo = forEachNamed((queueUrl) => together<Message, void>(BATCH, (some) => sendBatch(queueUrl, some)));

/** What kept each of them from being taken. */
async function sendBatch(queueUrl: string, messages: readonly Message[]): Promise<(Error | undefined)[]> {
  const Entries = messages.map(({ body, delay }, index) => ({
    Id: String(index),
    MessageBody: JSON.stringify(body),
    DelaySeconds: delay,
  }));
  const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  return messages.map((_, index) => {
    const failure = Failed.find(({ Id }) => Id === String(index));
    return failure && new Error(failure.Code);
  });
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
