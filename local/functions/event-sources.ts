import type { Allowed } from '../permissions.ts';
import type { SqsQueue } from '../cloud/fauxqs.ts';
import type { Stores } from '../cloud/stores.ts';
import { region } from '../template/resource-type.ts';
import type { Resource } from '../template/template.ts';
import { failedIds } from './batch-failures.ts';
import type { LocalFunction } from './local-function.ts';
import { Slots } from './slots.ts';
import { nextMessage } from './waiting.ts';

/** What a poller needs the function's role to allow. */
const pollerActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** As many at once as Lambda begins with where the mapping sets no limit. */
const defaultConcurrency = 5;

type Mapping = Resource<'AWS::Lambda::EventSourceMapping'>;

/** How many invocations a mapping may have at once. */
export const concurrencyOf = ({ properties }: Mapping) =>
  properties.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency;

/** What the role of the function lacks for its queue to be polled; nothing where it lacks nothing. */
export const missingFor = ({ properties }: Mapping, allowed: Allowed) =>
  pollerActions.find((action) => !allowed(action, properties.EventSourceArn));

/** Feeds the messages of a queue to a function, as Lambda's poller does, until `signal` is aborted. Ends when the last batch has ended. */
export async function poll(mapping: Mapping, fn: LocalFunction, stores: Stores, signal: AbortSignal): Promise<void> {
  const { EventSourceArn, BatchSize, MaximumBatchingWindowInSeconds, FunctionResponseTypes } = mapping.properties;
  const queue = stores.sqs.getQueueByArn(EventSourceArn);
  if (!queue) return;
  const slots = new Slots(concurrencyOf(mapping));
  const running = new Set<Promise<void>>();
  while (!signal.aborted) {
    const giveBack = await slots.take();
    const batch = await gather(queue, BatchSize, MaximumBatchingWindowInSeconds, stores, signal);
    const work = handle(batch, queue, fn, FunctionResponseTypes.length > 0, stores).finally(() => {
      giveBack();
      running.delete(work);
    });
    running.add(work);
  }
  await Promise.all(running);
}

/** Waits for messages: the first that come, or a full batch where there is a window to wait for it. */
async function gather(queue: SqsQueue, size: number, windowSeconds: number, { sqs }: Stores, signal: AbortSignal) {
  const batch: ReceivedRecord[] = [];
  let until = Infinity;
  while (batch.length < size && Date.now() < until && !signal.aborted) {
    const received = queue.dequeue(Math.min(10, size - batch.length), undefined, (arn) => sqs.getQueueByArn(arn));
    batch.push(...received.map((message) => recordOf(message.ReceiptHandle, queue)));
    if (batch.length > 0 && windowSeconds === 0) break;
    if (batch.length > 0) until = Math.min(until, Date.now() + windowSeconds * 1000);
    if (received.length === 0) await nextMessage(queue, until, signal);
  }
  return batch;
}

async function handle(
  batch: ReceivedRecord[],
  queue: SqsQueue,
  fn: LocalFunction,
  reportsItems: boolean,
  stores: Stores,
) {
  if (batch.length === 0) return;
  try {
    const answer = await fn.invoke({ Records: batch });
    const failed = reportsItems
      ? failedIds(
          answer,
          batch.map(({ messageId }) => messageId),
        )
      : new Set<string>();
    stores.atomically(() => {
      for (const { messageId, receiptHandle } of batch) {
        if (!failed.has(messageId)) queue.deleteMessage(receiptHandle);
      }
    });
  } catch {
    // The function said why in its log; its messages come back when their visibility time-out is over.
  }
}

type ReceivedRecord = ReturnType<typeof recordOf>;

function recordOf(receiptHandle: string, queue: SqsQueue) {
  const message = queue.inflightMessages.get(receiptHandle)?.message;
  if (!message) throw new Error('a message that was just received is not in flight');
  return {
    messageId: message.messageId,
    receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.approximateReceiveCount),
      SentTimestamp: String(message.sentTimestamp),
      SenderId: '000000000000',
      ApproximateFirstReceiveTimestamp: String(message.approximateFirstReceiveTimestamp),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.messageAttributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          dataType: DataType,
          stringValue: StringValue,
          binaryValue: BinaryValue,
          stringListValues: [],
          binaryListValues: [],
        },
      ]),
    ),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: region,
  };
}
