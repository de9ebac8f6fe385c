import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { answerWithin } from './deadlines.ts';

const client = new SQSClient({ maxAttempts: 3, requestHandler: answerWithin(2000) });

/** About how many messages of a queue nobody is at work with. */
export async function countOf(queueUrl: string): Promise<number> {
  const asked = new GetQueueAttributesCommand({
    QueueUrl: queueUrl,
    AttributeNames: ['ApproximateNumberOfMessages'],
  });
  const { Attributes } = await client.send(asked);
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}
