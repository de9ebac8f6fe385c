import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Stage } from '../stage.ts';
import { type Forgotten, isAbout } from './is-about.ts';

/** How long a message that stays is hidden from everybody else: seconds. */
const HIDDEN = 60;
/** After so many messages a queue is looked through no further; what is left of the leads in it is not taken when it is sent back. */
const MOST = 10_000;

/** Deletes what a dead-letter queue has about these leads, and about deliveries that are gone. Says how many messages that were. */
export async function forgetDeadLetters({ access }: Stage, url: string, forgotten: Forgotten): Promise<number> {
  const sqs = new SQSClient(access);
  const seen = new Set<string>();
  let count = 0;
  while (seen.size < MOST) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: HIDDEN,
        WaitTimeSeconds: 0,
      }),
    );
    const news = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
    if (news.length === 0) return count;
    for (const { MessageId = '', ReceiptHandle, Body = '' } of news) {
      seen.add(MessageId);
      if (!isAbout(Body, forgotten)) continue;
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      count += 1;
    }
  }
  return count;
}
