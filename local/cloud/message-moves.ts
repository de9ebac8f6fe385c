import { randomUUID } from 'node:crypto';
import type { DeadLetters } from './dead-letters.ts';
import { SqsStore, type SqsMessage, type SqsQueue } from './fauxqs.ts';
import type { Stores } from './stores.ts';

/** What SQS answers: a result, or a code and a message. */
export type SqsAnswer = { result: object } | { code: string; message: string };

interface MoveTask {
  TaskHandle: string;
  Status: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  SourceArn: string;
  DestinationArn?: string;
  MaxNumberOfMessagesPerSecond?: number;
  ApproximateNumberOfMessagesMoved: number;
  ApproximateNumberOfMessagesToMove: number;
  FailureReason?: string;
  StartedTimestamp: number;
}

interface Body {
  SourceArn?: string;
  DestinationArn?: string;
  MaxNumberOfMessagesPerSecond?: number;
  MaxResults?: number;
  TaskHandle?: string;
  QueueUrl?: string;
}

/** Moves parked messages back, as SQS does: each as a new message without a delay, to where it came from unless said otherwise. */
export class MessageMoves {
  readonly #tasks: MoveTask[] = [];
  readonly #stores: Stores;
  readonly #deadLetters: DeadLetters;

  constructor(stores: Stores, deadLetters: DeadLetters) {
    this.#stores = stores;
    this.#deadLetters = deadLetters;
  }

  /** Carries out an action that fauxqs lacks; nothing where it is not one of these. */
  handle(action: string, body: Body): SqsAnswer | undefined {
    if (action === 'StartMessageMoveTask') return this.#start(body);
    if (action === 'ListMessageMoveTasks') return this.#list(body);
    if (action === 'CancelMessageMoveTask') return this.#cancel(body);
    if (action === 'ListDeadLetterSourceQueues') return this.#sources(body);
    return undefined;
  }

  #start({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: rate }: Body): SqsAnswer {
    const source = this.#stores.sqs.getQueueByArn(SourceArn ?? '');
    if (!source) return missing;
    if (this.#queuesBefore(source).length === 0)
      return invalid('Source queue must be configured as a Dead Letter Queue.');
    if (DestinationArn !== undefined && !this.#stores.sqs.getQueueByArn(DestinationArn)) return missing;
    if (this.#tasks.some((one) => one.SourceArn === source.arn && one.Status === 'RUNNING')) {
      return { code: 'UnsupportedOperation', message: 'There is already a task running.' };
    }
    const task: MoveTask = {
      TaskHandle: randomUUID(),
      Status: 'RUNNING',
      SourceArn: source.arn,
      ...(DestinationArn !== undefined && { DestinationArn }),
      ...(rate !== undefined && { MaxNumberOfMessagesPerSecond: rate }),
      ApproximateNumberOfMessagesMoved: 0,
      ApproximateNumberOfMessagesToMove: source.messages.length,
      StartedTimestamp: Date.now(),
    };
    this.#tasks.unshift(task);
    this.#moveOn(task, source);
    return { result: { TaskHandle: task.TaskHandle } };
  }

  /** Moves as many messages as the task may move in a second, and comes back for the rest. */
  #moveOn(task: MoveTask, source: SqsQueue) {
    if (task.Status !== 'RUNNING') return;
    this.#stores.atomically(() => {
      for (const message of source.messages.slice(0, task.MaxNumberOfMessagesPerSecond)) {
        if (task.Status === 'RUNNING') this.#move(message, source, task);
      }
    });
    if (task.Status !== 'RUNNING') return;
    if (source.messages.length === 0) task.Status = 'COMPLETED';
    else setTimeout(() => this.#moveOn(task, source), 1000).unref();
  }

  #move(message: SqsMessage, source: SqsQueue, task: MoveTask) {
    const arn = task.DestinationArn ?? this.#deadLetters.sourceOf(message.messageId);
    const target = arn === undefined ? undefined : this.#stores.sqs.getQueueByArn(arn);
    if (!target) {
      task.Status = 'FAILED';
      task.FailureReason = 'CouldNotDetermineMessageSource';
      return;
    }
    source.messages.splice(source.messages.indexOf(message), 1);
    source.persistence?.deleteMessage(message.messageId);
    this.#deadLetters.forget(message.messageId);
    target.enqueue(SqsStore.createMessage(message.body, message.messageAttributes));
    task.ApproximateNumberOfMessagesMoved += 1;
  }

  #list({ SourceArn, MaxResults = 1 }: Body): SqsAnswer {
    const tasks = this.#tasks.filter((one) => one.SourceArn === SourceArn).slice(0, MaxResults);
    const shown = tasks.map(({ TaskHandle, ...rest }) => (rest.Status === 'RUNNING' ? { TaskHandle, ...rest } : rest));
    return { result: { Results: shown } };
  }

  #cancel({ TaskHandle }: Body): SqsAnswer {
    const task = this.#tasks.find((one) => one.TaskHandle === TaskHandle && one.Status === 'RUNNING');
    if (!task) return missing;
    task.Status = 'CANCELLED';
    return { result: { ApproximateNumberOfMessagesMoved: task.ApproximateNumberOfMessagesMoved } };
  }

  #sources({ QueueUrl }: Body): SqsAnswer {
    const queue = this.#stores.sqs.getQueue(QueueUrl ?? '');
    if (!queue) return { code: 'QueueDoesNotExist', message: 'The specified queue does not exist.' };
    return { result: { queueUrls: this.#queuesBefore(queue).map(({ url }) => url) } };
  }

  #queuesBefore(target: SqsQueue): SqsQueue[] {
    return [...this.#stores.sqs.allQueues()].filter(({ attributes }) =>
      attributes['RedrivePolicy']?.includes(`"${target.arn}"`),
    );
  }
}

const missing: SqsAnswer = {
  code: 'ResourceNotFoundException',
  message: 'The resource that you specified does not exist.',
};
const invalid = (message: string): SqsAnswer => ({ code: 'InvalidParameterValue', message });
