import { randomUUID } from 'node:crypto';
import { exportLink } from '../../aws/export-store.ts';
import { jobNow, saveJob } from '../../aws/export-table.ts';
import { sendAll } from '../../aws/queue.ts';
import type { ApiEnv } from '../env.ts';
import type { ExportPorts } from '../make-export.ts';

/** For how long a link is good: seconds. */
const LINK = 15 * 60;

/** Lists of leads in table, bucket and queue. */
export const exportPorts = ({ TABLE_NAME, BUCKET_NAME, EXPORTS_PREFIX, EXPORT_QUEUE_URL }: ApiEnv) =>
  ({
    newId: randomUUID,
    saveJob: (job) => saveJob(TABLE_NAME, job),
    jobNow: (job) => jobNow(TABLE_NAME, job),
    startExport: (message) => sendAll(EXPORT_QUEUE_URL, [message]),
    exportLink: ({ tenant, id }, name) =>
      exportLink({ bucket: BUCKET_NAME, prefix: EXPORTS_PREFIX }, { tenant, id, name }, LINK),
  }) satisfies Partial<ExportPorts>;
