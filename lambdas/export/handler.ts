import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { eachRecord } from '../aws/batch.ts';
import { saveExport } from '../aws/export-store.ts';
import { jobNow, noteJob } from '../aws/export-table.ts';
import { leadsBefore } from '../aws/lead-list.ts';
import { logTo } from '../aws/log.ts';
import { statusesOf } from '../aws/status-table.ts';
import { ExportMessage } from '../core/export.ts';
import { readEnv } from '../env.ts';
import { wordsFrom } from '../sources/registry.ts';
import { ExportEnv } from './env.ts';
import { exportLeads, type ExportPorts } from './export.ts';

const env = readEnv(ExportEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
const { TABLE_NAME } = env;
const place = { bucket: env.BUCKET_NAME, prefix: env.EXPORTS_PREFIX };

const ports: ExportPorts = {
  now: Date.now,
  timeZoneOf: (tenant) => env.TIME_ZONES[tenant] ?? 'UTC',
  viewerOf: async ({ tenant, ownKeys }) => ({
    statuses: (await statusesOf(TABLE_NAME, tenant)).statuses,
    ownKeys: new Set(ownKeys),
    fallbackOwner: env.FALLBACK_OWNER,
    wordsFrom,
  }),
  leadsBefore: (tenant, within, most) => leadsBefore(TABLE_NAME, tenant, within, most),
  jobNow: (job) => jobNow(TABLE_NAME, job),
  noteJob: (job, news) => noteJob(TABLE_NAME, job, news),
  saveExport: (job, text) => saveExport(place, job, text),
};

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachRecord(
    event,
    context,
    (record) => exportRecord(record),
    (line) => log({ step: 'export', ...line }),
    (record) => idsOf(read(record)),
  );

const read = ({ body }: SQSRecord) => ExportMessage.parse(JSON.parse(body));

const idsOf = ({ tenant, export_id }: ExportMessage) => ({ tenant, correlation_id: export_id });

async function exportRecord(record: SQSRecord): Promise<void> {
  const started = Date.now();
  const message = read(record);
  const { outcome, count } = await exportLeads(message, ports);
  const reason = count === undefined ? undefined : `${count} leads`;
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  const line = { step: 'export' as const, outcome, reason, ...idsOf(message), attempt, ms: Date.now() - started };
  log(line, outcome === 'done' ? { Exported: 1 } : {});
}
