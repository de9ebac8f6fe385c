import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { DeadLetter } from '../../lambdas/core/dead-letter.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

const sqs = mockClient(SQSClient);
let table: Awaited<ReturnType<typeof startTable>>;
let dead: typeof import('../../lambdas/aws/dead-letters.ts');
let failures: typeof import('../../lambdas/aws/failure-table.ts');
beforeAll(async () => {
  table = await startTable();
  dead = await import('../../lambdas/aws/dead-letters.ts');
  failures = await import('../../lambdas/aws/failure-table.ts');
});
afterAll(() => table.stop());

const queue = { name: 'owner', deadLetters: 'https://sqs/owner-dead', queue: 'https://sqs/owner' };
const message = (id: string, reason?: string) => ({
  MessageId: id,
  ReceiptHandle: `receipt ${id}`,
  Body: `{"id":"${id}"}`,
  Attributes: { SentTimestamp: String(Date.parse('2026-03-05T13:30:00.000Z')) },
  ...(reason && { MessageAttributes: { reason: { DataType: 'String', StringValue: reason } } }),
});
/** What the queue gives, call by call; then nothing. */
const give = (...batches: ReturnType<typeof message>[][]) => {
  const answer = sqs.on(ReceiveMessageCommand);
  batches.reduce((on, Messages) => on.resolvesOnce({ Messages }), answer).resolves({ Messages: [] });
};
beforeEach(() => {
  sqs.reset();
  for (const command of [DeleteMessageCommand, SendMessageCommand, ChangeMessageVisibilityCommand])
    sqs.on(command as never).resolves({});
});

/** Looks at every message, and sends back those that are named. */
async function look(...sentBack: string[]): Promise<DeadLetter[]> {
  const seen: DeadLetter[] = [];
  const decide = async (letter: DeadLetter) => {
    seen.push(letter);
    return sentBack.includes(letter.id) ? ('send back' as const) : ('leave' as const);
  };
  await dead.eachDeadLetter(TABLE, queue, decide, 100);
  return seen;
}
const calls = () => sqs.calls().map(({ args: [{ constructor, input }] }) => [constructor.name, input] as const);

describe('dead letters', () => {
  it('say why they were given up: by themselves, by what was noted of them, or not at all', async () => {
    await failures.failuresIn(TABLE).note('b', 'the table failed for 604180245791302');
    give([message('a', 'slack: 503'), message('b')], [message('c')]);
    expect((await look()).map(({ id, cause, sentAt }) => [id, cause, sentAt])).toEqual([
      ['a', 'slack: 503', '2026-03-05T13:30:00.000Z'],
      ['b', 'the table failed for …', '2026-03-05T13:30:00.000Z'],
      ['c', expect.stringContaining('crashed'), '2026-03-05T13:30:00.000Z'],
    ]);
  });

  it('are there for everybody again once they were looked at, each once', async () => {
    give([message('a')], [message('a'), message('b')]);
    expect((await look()).map(({ id }) => id)).toEqual(['a', 'b']);
    const shown = calls().filter(([name]) => name === 'ChangeMessageVisibilityCommand');
    expect(shown.map(([, input]) => input)).toEqual(
      ['a', 'b'].map((id) => ({
        QueueUrl: queue.deadLetters,
        ReceiptHandle: `receipt ${id}`,
        VisibilityTimeout: 0,
      })),
    );
  });

  it('that are sent back are sent before they are deleted, and their failure is forgotten', async () => {
    await failures.failuresIn(TABLE).note('a', 'S3 is down');
    give([message('a'), message('b')]);
    await look('a');
    expect(calls().filter(([name]) => /^(Send|Delete)/.test(name))).toEqual([
      ['SendMessageCommand', { QueueUrl: queue.queue, MessageBody: '{"id":"a"}', DelaySeconds: 0 }],
      ['DeleteMessageCommand', { QueueUrl: queue.deadLetters, ReceiptHandle: 'receipt a' }],
    ]);
    expect(await failures.failuresOf(TABLE, ['a'])).toEqual(new Map());
  });

  it('stay where they can not be sent', async () => {
    give([message('a'), message('b')]);
    sqs.on(SendMessageCommand).rejects(new Error('SQS is down'));
    await expect(look('a')).rejects.toThrow('SQS is down');
    expect(calls().filter(([name]) => name === 'DeleteMessageCommand')).toEqual([]);
    expect(calls().filter(([name]) => name === 'ChangeMessageVisibilityCommand')).toHaveLength(2);
  });
});
