import { GetQueueAttributesCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from '../../lambdas/aws/dead-letters.ts';
import type { Stage } from '../stage.ts';

/** Has SQS move everything that was given up of a queue back to it: it goes on by itself. */
export async function moveAll(
  { access }: Pick<Stage, 'access'>,
  { deadLetters, queue }: DeadLetterQueue,
): Promise<void> {
  const sqs = new SQSClient(access);
  const arnOf = async (QueueUrl: string) => {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    return Attributes?.['QueueArn'];
  };
  // What a step parked by itself came from no queue: the destination must be named.
  const [SourceArn, DestinationArn] = [await arnOf(deadLetters), await arnOf(queue)];
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
}
