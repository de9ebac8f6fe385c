import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { OwnerMessage } from '../core/owner-message.ts';

const client = new SQSClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 2000 } });

/** What SQS can hold a message back for (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
const LONGEST_DELAY = 900;

/** Puts a lead on the owner queue, held back until its time or as long as SQS can; whoever gets it early sends it again. */
export async function sendToOwnerQueue(queueUrl: string, message: OwnerMessage, now: number): Promise<void> {
  const seconds = Math.ceil((Date.parse(message.notBefore) - now) / 1000);
  const DelaySeconds = Math.min(LONGEST_DELAY, Math.max(0, seconds));
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message), DelaySeconds }));
}

/** Puts a lead on the DLQ with the reason beside it. It starts afresh when it is sent back. */
export async function sendToDlq(
  queueUrl: string,
  { since: _since, slots: _slots, ...afresh }: OwnerMessage,
  reason: string,
): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify(afresh),
      MessageAttributes: { reason: { DataType: 'String', StringValue: reason } },
    }),
  );
}
