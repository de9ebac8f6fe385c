import { createHash } from 'node:crypto';
import { detailsKey } from './details-store.ts';
import { leaveDigestOf } from './digest-table.ts';
import { rememberErased, rememberErasedKey } from './erased-table.ts';
import { deleteRow, personRowsOf, tracesOf } from './lead-traces.ts';
import { deleteVersions, objectNow, putObject } from './object-versions.ts';
import { targetKey } from './target-store.ts';

interface Place {
  table: string;
  bucket: string;
  /** `details/` and `target/`. */
  detailsPrefix: string;
  targetPrefix: string;
}

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

/** Where leads of a stage are erased: its table and its bucket, for the function and for the command. */
export const erasing = ({ table, bucket, detailsPrefix, targetPrefix }: Place) => ({
  rememberErased: (lead: Parameters<typeof rememberErased>[1]) => rememberErased(table, lead, now()),
  rememberErasedKey: (rawKey: string) => rememberErasedKey(table, rawKey, now()),
  tracesOf: (lead: Parameters<typeof tracesOf>[1]) => tracesOf(table, lead),
  personRowsOf: (partition: string, leadId: string) => personRowsOf(table, partition, leadId),
  deleteRow: (key: Parameters<typeof deleteRow>[1]) => deleteRow(table, key),
  leaveDigest: (place: Parameters<typeof leaveDigestOf>[1], leadId: string) => leaveDigestOf(table, place, leadId),
  deleteVersions: (key: string, which?: Parameters<typeof deleteVersions>[2]) => deleteVersions(bucket, key, which),
  objectNow: (key: string) => objectNow(bucket, key),
  putObject: (key: string, object: Parameters<typeof putObject>[2]) => putObject(bucket, key, object),
  objectsOf: (lead: Parameters<typeof detailsKey>[1]) => [
    detailsKey(detailsPrefix, lead),
    targetKey(targetPrefix, lead),
  ],
  copyOf: (rawKey: string, lead: object) => `${detailsPrefix}rewriting/${sha256(JSON.stringify([rawKey, lead]))}.json`,
  sha256,
});

const now = () => new Date().toISOString();
