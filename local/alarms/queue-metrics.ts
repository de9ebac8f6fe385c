import type { SqsQueue } from '../cloud/fauxqs.ts';
import type { Stores } from '../cloud/stores.ts';
import type { Template } from '../template/template.ts';
import type { Metrics } from './metrics.ts';

/** Measures the queues of the template as CloudWatch does. */
export function measureQueues(template: Template, { sqs }: Stores, metrics: Metrics, now: number) {
  for (const { arn, name } of template.of('AWS::SQS::Queue')) {
    const queue = sqs.getQueueByArn(arn);
    if (!queue) continue;
    queue.processTimers();
    const dimensions = { QueueName: name };
    metrics.add('AWS/SQS', 'ApproximateNumberOfMessagesVisible', dimensions, queue.messages.length, now);
    metrics.add('AWS/SQS', 'ApproximateAgeOfOldestMessage', dimensions, ageOfOldest(queue, now), now);
  }
}

/** Seconds since the oldest message was sent that may be received or was. */
function ageOfOldest({ messages, inflightMessages }: SqsQueue, now: number): number {
  let oldest = now;
  for (const { sentTimestamp } of messages) oldest = Math.min(oldest, sentTimestamp);
  for (const { message } of inflightMessages.values()) oldest = Math.min(oldest, message.sentTimestamp);
  return (now - oldest) / 1000;
}
