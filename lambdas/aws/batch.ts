import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { namedError } from '../core/failures.ts';
import type { LogLine } from '../core/log-line.ts';
import type { Failures } from './failure-table.ts';

/** What is left of a function's time when a record is given up, so that its failure can still be reported. */
const MARGIN = 500;
/** What noting a failure may take of that: milliseconds. */
const NOTE_WITHIN = 300;

/**
 * Works on each record of a batch by itself, within a deadline below the function's own, and returns alone those that failed
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
 */
export async function eachRecord(
  { Records }: SQSEvent,
  context: Context,
  work: (record: SQSRecord) => Promise<void>,
  log: (line: Omit<LogLine, 'step'>) => void,
  /** The ids of what a record is about, for the line about its failure. */
  idsOf: (record: SQSRecord) => Partial<LogLine>,
  /** Where it is remembered why a record failed, for whoever finds it among the dead letters. */
  failures?: Failures,
): Promise<SQSBatchResponse> {
  const settled = await Promise.allSettled(
    Records.map((record) => within(context.getRemainingTimeInMillis() - MARGIN, work(record))),
  );
  const noting: Promise<unknown>[] = [];
  const batchItemFailures = Records.flatMap((record, index) => {
    const result = settled[index];
    const attempt = Number(record.attributes.ApproximateReceiveCount);
    if (result?.status !== 'rejected') {
      if (failures && attempt > 1) noting.push(within(NOTE_WITHIN, failures.forget(record.messageId)));
      return [];
    }
    if (failures) noting.push(within(NOTE_WITHIN, failures.note(record.messageId, namedError(result.reason))));
    log({ ...readable(record, idsOf), outcome: 'failed', reason: namedError(result.reason), attempt });
    return [{ itemIdentifier: record.messageId }];
  });
  // What can't be noted stands in the log.
  await Promise.allSettled(noting);
  return { batchItemFailures };
}

/** Nothing where the record can't be read at all, which may be why it failed. */
function readable(record: SQSRecord, idsOf: (record: SQSRecord) => Partial<LogLine>): Partial<LogLine> {
  try {
    return idsOf(record);
  } catch {
    return {};
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineExceeded()), milliseconds);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

class DeadlineExceeded extends Error {
  override name = 'DeadlineExceeded';
}
