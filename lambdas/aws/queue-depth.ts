import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { answerWithin } from './deadlines.ts';

const client = new SQSClient({ maxAttempts: 3, requestHandler: answerWithin(2000) });

const parts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** About how many messages a queue has: those that wait, those that are held back, and those that are being worked on. */
export async function messagesIn(queueUrl: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...parts] }),
  );
  return parts.reduce((sum, part) => sum + Number(Attributes[part] ?? 0), 0);
}
