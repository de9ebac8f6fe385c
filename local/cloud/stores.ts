import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { StartError } from '../start-error.ts';
import { region } from '../template/resource-type.ts';
import { PersistenceManager, S3Store, SnsStore, SqsStore } from './fauxqs.ts';

/** Buckets, queues and topics, kept in one database so that a write and what it sets off are one transaction. */
export interface Stores {
  s3: S3Store;
  sqs: SqsStore;
  sns: SnsStore;
  db: DatabaseSync;
  /** Carries `work` out wholly or not at all, also if the process is killed. */
  atomically<T>(work: () => T): T;
  close(): void;
}

/** Opens what the last run left in the folder. Throws a sentence where another run has it open. */
export function openStores(dataDir: string): Stores {
  const kept = open(dataDir);
  const [s3, sqs, sns, db] = [new S3Store(), new SqsStore(), new SnsStore(), kept['db'] as DatabaseSync];
  // Without a host of its own a queue's URL has the host of the request, which resolves everywhere.
  sqs.host = '';
  sqs.region = sns.region = region;
  // Loading must come before persisting: a loaded queue that is written again loses its messages.
  kept.load(sqs, sns, s3);
  sqs.persistence = sns.persistence = s3.persistence = kept;
  for (const queue of sqs.allQueues()) queue.persistence = kept;

  // A killed process loses nothing by this, only a machine that loses power does.
  db.exec('PRAGMA synchronous = NORMAL');
  mendReturnedMessages(kept, db);
  return { s3, sqs, sns, db, atomically: (work) => atomically(db, work), close: () => kept.close() };
}

/** Opens the database for this process alone: the lock is gone with the process, however it ends. */
function open(dataDir: string): PersistenceManager {
  try {
    const kept = new PersistenceManager(join(dataDir, 'aws'));
    (kept['db'] as DatabaseSync).exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
    return kept;
  } catch (error) {
    throw new StartError(`The data in ${dataDir} can't be opened; is another local run using it?`, { cause: error });
  }
}

/** fauxqs 2.4.1 sets the receive count to NULL when a message is made visible again, which its own schema refuses. */
function mendReturnedMessages(kept: PersistenceManager, db: DatabaseSync) {
  const update = db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  kept.updateMessageReady = (messageId) => void update.run(messageId);
}

function atomically<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work();
  db.exec('BEGIN');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
