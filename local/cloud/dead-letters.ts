import type { StatementSync } from 'node:sqlite';
import type { SqsQueue } from './fauxqs.ts';
import type { Stores } from './stores.ts';

/** Knows from which queue each parked message came; one that was sent straight to a dead-letter queue came from none. */
export class DeadLetters {
  readonly #stores: Stores;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #remove: StatementSync;

  constructor(stores: Stores) {
    this.#stores = stores;
    stores.db.exec('CREATE TABLE IF NOT EXISTS dead_letters (message_id TEXT PRIMARY KEY, source_arn TEXT NOT NULL)');
    this.#insert = stores.db.prepare('INSERT OR REPLACE INTO dead_letters VALUES (?, ?)');
    this.#select = stores.db.prepare('SELECT source_arn FROM dead_letters WHERE message_id = ?');
    this.#remove = stores.db.prepare('DELETE FROM dead_letters WHERE message_id = ?');
  }

  /** Makes each receive one transaction, in which a message that was tried too often moves to the dead-letter queue. */
  watch(queue: SqsQueue) {
    const dequeue = queue.dequeue.bind(queue);
    queue.dequeue = (count, visibility, queueOf) =>
      this.#stores.atomically(() => dequeue(count, visibility, (arn) => this.#remembering(queueOf?.(arn), queue.arn)));
  }

  sourceOf(messageId: string): string | undefined {
    return this.#select.get(messageId)?.['source_arn'] as string | undefined;
  }

  forget(messageId: string) {
    this.#remove.run(messageId);
  }

  #remembering(target: SqsQueue | undefined, source: string): SqsQueue | undefined {
    if (!target) return undefined;
    const enqueue: SqsQueue['enqueue'] = (message) => {
      this.#insert.run(message.messageId, source);
      target.enqueue(message);
    };
    return { enqueue } as Pick<SqsQueue, 'enqueue'> as SqsQueue;
  }
}
