import { randomUUID } from 'node:crypto';
import { accountsOf } from '../../aws/account-table.ts';
import { jobNow, saveJob } from '../../aws/job-table.ts';
import { sendAll } from '../../aws/queue.ts';
import { comparisonsOf } from '../../aws/sync-table.ts';
import { sourceOf } from '../../sources/registry.ts';
import type { ApiEnv } from '../env.ts';
import type { SyncPorts } from '../routes/sync.ts';

/** Comparisons with vendors in table and queue. */
export const syncPorts = ({ TABLE_NAME, SYNC_QUEUE_URL, SOURCES }: ApiEnv) =>
  ({
    newId: randomUUID,
    saveSync: (job) => saveJob(TABLE_NAME, job),
    syncNow: (job) => jobNow(TABLE_NAME, job),
    startSync: (message) => sendAll(SYNC_QUEUE_URL, [message]),
    comparisonsOf: (tenant) => comparisonsOf(TABLE_NAME, tenant),
    accountsOf: (of) => accountsOf(TABLE_NAME, of),
    comparedSources: () =>
      SOURCES.map((id) => {
        const source = sourceOf(id);
        return { id, label: source?.label ?? id, hasAccounts: source?.account !== undefined };
      }),
  }) satisfies Partial<SyncPorts>;
