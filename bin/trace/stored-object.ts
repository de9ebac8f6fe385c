import { HeadObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { isMissing } from '../../lambdas/aws/s3-answers.ts';
import type { DeliveryFacts } from '../../lambdas/core/event.ts';
import { prefixes } from '../../lib/names.ts';
import type { Stage } from '../stage.ts';

/** What the bucket says of a delivery without its bytes being read. */
export interface StoredObject extends Partial<DeliveryFacts> {
  bytes: number;
  /** Absent where a page or portal says whose it is. */
  tenant?: string | undefined;
}

type Place = Pick<Stage, 'access' | 'bucket'>;

/** `null` where there is no such object. */
export async function storedObject({ access, bucket }: Place, Key: string): Promise<StoredObject | null> {
  try {
    const head = await new S3Client(access).send(new HeadObjectCommand({ Bucket: bucket, Key }));
    const { 'received-at': receivedAt, origin, digest, tenant } = head.Metadata ?? {};
    return {
      bytes: head.ContentLength ?? 0,
      ...(head.LastModified && { storedAt: head.LastModified.toISOString() }),
      ...(receivedAt && { receivedAt }),
      ...(origin && { origin: origin as NonNullable<DeliveryFacts['origin']> }),
      ...(digest && { digest }),
      ...(tenant && { tenant }),
    };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Deliveries of Close and of Meta that are named by a lead: its own, and what changed in it. */
export async function objectsNamed({ access, bucket }: Place, leadId: string): Promise<string[]> {
  const named = namesOf(leadId).flatMap((name) => [`${name}.json`, `${name}_`]);
  const found = await Promise.all(named.map((Prefix) => keysUnder({ access, bucket }, Prefix)));
  return found.flat().toSorted();
}

/** What a delivery is named by that holds one lead; all others are named by their content. */
export const namesOf = (leadId: string): string[] =>
  ['crm', 'meta'].map((crm) => `${prefixes.source}${crm}_event_${leadId}`);

async function keysUnder({ access, bucket: Bucket }: Place, Prefix: string): Promise<string[]> {
  const keys: string[] = [];
  const pages = paginateListObjectsV2({ client: new S3Client(access) }, { Bucket, Prefix });
  for await (const { Contents = [] } of pages) keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return keys;
}
