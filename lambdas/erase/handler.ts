import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { eachRecord } from '../aws/batch.ts';
import { erasing } from '../aws/erasing.ts';
import { failuresIn } from '../aws/failure-table.ts';
import { logTo } from '../aws/log.ts';
import { send } from '../aws/queue.ts';
import { Erasure } from '../core/erasure.ts';
import { readEnv } from '../env.ts';
import { sourceOf } from '../sources/registry.ts';
import { EraseEnv } from './env.ts';
import { erase } from './erase.ts';

const env = readEnv(EraseEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
const { TABLE_NAME: table, BUCKET_NAME: bucket } = env;

const ports = {
  ...erasing({
    table,
    bucket,
    detailsPrefix: env.DETAILS_PREFIX,
    targetPrefix: env.TARGET_PREFIX,
    exportsPrefix: env.EXPORTS_PREFIX,
  }),
  now: Date.now,
  longestWork: env.TIMEOUT_SECONDS * 1000,
  sourceOf,
  sendAgain: (message: Erasure) => send(env.ERASE_QUEUE_URL, message, Date.now()),
};

export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachRecord(
    event,
    context,
    (record) => eraseRecord(record),
    (line) => log({ step: 'erase', ...line }),
    () => ({}),
    failuresIn(table),
  );

/** The line names nobody: who was erased is nobody's business any more. */
async function eraseRecord({ body, attributes }: SQSRecord): Promise<void> {
  const started = Date.now();
  const message = Erasure.parse(JSON.parse(body));
  const { source, tenant } = message.erase;
  const removed = await erase(message, ports);
  if (!removed) return;
  const { objects, rows, rewritten, exports } = removed;
  const reason = `${objects} objects, ${rows} rows, ${rewritten} rewritten, ${exports} exports`;
  const attempt = Number(attributes.ApproximateReceiveCount);
  log({ step: 'erase', outcome: 'erased', reason, source, tenant, attempt, ms: Date.now() - started }, { Erased: 1 });
}
