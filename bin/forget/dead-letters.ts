import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { ProcessMessage } from '../../lambdas/core/owner-message.ts';
import type { Stage } from '../stage.ts';

/** How long a message that stays is hidden from everybody else: seconds. */
const HIDDEN = 60;
/** After so many messages a queue is looked through no further; what is left of the leads in it is not taken when it is sent back. */
const MOST = 10_000;

const FromS3 = z.object({ Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })) });
const OfSlice = z.object({ key: z.string() });

/** Deletes what a dead-letter queue has about these leads, and about deliveries that are gone. Says how many messages that were. */
export async function forgetDeadLetters(
  { access }: Stage,
  url: string,
  leadIds: string[],
  rawKeys: string[],
): Promise<number> {
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
      if (!isAbout(Body, leadIds, rawKeys)) continue;
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      count += 1;
    }
  }
  return count;
}

function isAbout(body: string, leadIds: string[], rawKeys: string[]): boolean {
  const content = contentOf(body);
  const { data: message } = ProcessMessage.safeParse(content);
  if (message && 'lead_id' in message) return leadIds.includes(message.lead_id);
  const slice = OfSlice.safeParse(content).data;
  if (slice) return rawKeys.includes(slice.key);
  const { Records = [] } = FromS3.safeParse(content).data ?? {};
  const keys = Records.map(({ s3 }) => decodeURIComponent(s3.object.key.replaceAll('+', ' ')));
  return keys.length > 0 && keys.every((key) => rawKeys.includes(key));
}

function contentOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
