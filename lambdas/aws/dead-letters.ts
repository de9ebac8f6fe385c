import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { causeIn, type DeadLetter } from '../core/dead-letter.ts';
import { answerWithin } from './deadlines.ts';
import { failuresIn, failuresOf } from './failure-table.ts';

const client = new SQSClient({ maxAttempts: 3, requestHandler: answerWithin(5000) });

/** Where messages of a queue lie that were given up. */
export interface DeadLetterQueue {
  name: string;
  deadLetters: string;
  /** Where they came from, and go back to. */
  queue: string;
}

/** How long a message is hidden from everybody else while somebody looks at it: seconds. */
const HIDDEN = 120;

/**
 * Shows each dead letter of a queue once, at most so many, and does with it what is said: sends it back, or leaves it, as nothing
 * else is done where this is cut off. Between the sending and the deletion it lies in both: what it asks for is done again then,
 * which changes nothing, and nothing is lost.
 */
export async function eachDeadLetter(
  tableName: string,
  { name, deadLetters, queue }: DeadLetterQueue,
  decide: (letter: DeadLetter) => Promise<'send back' | 'leave'>,
  most: number,
): Promise<void> {
  const seen = new Set<string>();
  const left: Message[] = [];
  try {
    while (seen.size < most) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: deadLetters,
          MaxNumberOfMessages: Math.min(10, most - seen.size),
          VisibilityTimeout: HIDDEN,
          WaitTimeSeconds: 0,
          MessageAttributeNames: ['reason'],
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      const news = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
      if (news.length === 0) return;
      for (const { MessageId = '' } of news) seen.add(MessageId);
      left.push(...news);
      const failures = await failuresOf(
        tableName,
        news.map(({ MessageId = '' }) => MessageId),
      );
      for (const message of news) {
        if ((await decide(letterOf(name, message, failures))) === 'leave') continue;
        await sendBack(deadLetters, queue, message);
        await failuresIn(tableName).forget(message.MessageId ?? '');
        left.splice(left.indexOf(message), 1);
      }
    }
  } finally {
    await Promise.allSettled(left.map(({ ReceiptHandle }) => show(deadLetters, ReceiptHandle)));
  }
}

function letterOf(
  queue: string,
  { MessageId: id = '', Body: body = '', ...of }: Message,
  failures: Map<string, string>,
) {
  const reason = of.MessageAttributes?.['reason']?.StringValue ?? failures.get(id);
  const sentAt = new Date(Number(of.Attributes?.SentTimestamp ?? 0)).toISOString();
  return { id, queue, body, cause: causeIn(reason), sentAt };
}

async function sendBack(from: string, to: string, { Body, ReceiptHandle }: Message) {
  await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body, DelaySeconds: 0 }));
  await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
}

const show = (url: string, ReceiptHandle: string | undefined) =>
  client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
