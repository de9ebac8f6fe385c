import { createHash } from 'node:crypto';
import { detailsKey } from './details-store.ts';
import { leaveDigestOf } from './digest-table.ts';
import { rememberErased, rememberErasedKey } from './erased-table.ts';
import { exportFolder } from './export-key.ts';
import { deletePartition, deleteRow, personRowsOf, tracesOf } from './lead-traces.ts';
import { deleteVersions, deleteVersionsUnder, objectNow, putObject } from './object-versions.ts';
import { keyOf } from './table.ts';
import { targetKey } from './target-store.ts';

interface Place {
  table: string;
  bucket: string;
  /** `details/`, `target/` and `exports/`. */
  detailsPrefix: string;
  targetPrefix: string;
  exportsPrefix: string;
}

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

/** Where leads of a stage are erased: its table and its bucket, for the function and for the command. */
export const erasing = ({ table, bucket, detailsPrefix, targetPrefix, exportsPrefix }: Place) => ({
  rememberErased: (lead: Parameters<typeof rememberErased>[1]) => rememberErased(table, lead, now()),
  rememberErasedKey: (rawKey: string) => rememberErasedKey(table, rawKey, now()),
  tracesOf: (lead: Parameters<typeof tracesOf>[1]) => tracesOf(table, lead),
  personRowsOf: (partition: string, leadId: string) => personRowsOf(table, partition, leadId),
  deleteRow: (key: Parameters<typeof deleteRow>[1]) => deleteRow(table, key),
  leaveDigest: (place: Parameters<typeof leaveDigestOf>[1], leadId: string) => leaveDigestOf(table, place, leadId),
  forgetDelivery: (tenant: string, rawKey: string) => deletePartition(table, keyOf.reveal(tenant, rawKey, '').PK),
  deleteVersions: (key: string, which?: Parameters<typeof deleteVersions>[2]) => deleteVersions(bucket, key, which),
  deleteExports: async (tenant: string) => {
    // The rows first: a function that is writing one finds its row gone, and does not finish it.
    await deletePartition(table, keyOf.export(tenant, '').PK);
    return deleteVersionsUnder(bucket, exportFolder(exportsPrefix, tenant));
  },
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
