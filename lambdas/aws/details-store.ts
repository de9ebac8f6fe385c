import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Lead } from '../core/lead.ts';
import { answerWithin } from './deadlines.ts';
import { isMissing } from './s3-answers.ts';

const client = new S3Client({ maxAttempts: 2, requestHandler: answerWithin(2000) });

interface Place {
  bucket: string;
  /** `details/`. */
  prefix: string;
}

type Id = Pick<Lead, 'tenant' | 'source' | 'lead_id'>;

/** A tenant's own, since a lead's id in a delivery is no proof that its page brought that lead. */
export const detailsKey = (prefix: string, { tenant, source, lead_id }: Id) =>
  `${prefix}${tenant}/${source}_lead_${lead_id}.json`;

/** Keeps what a vendor answered, as received: the vendor may not have it for ever. */
export async function saveDetails({ bucket, prefix }: Place, lead: Id, body: string): Promise<void> {
  const Key = detailsKey(prefix, lead);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: body, ContentType: 'application/json' }));
}

/** What a vendor answered before; `undefined` where it never did. Who may not list a bucket is told 403 for a missing object. */
export async function readDetails({ bucket, prefix }: Place, lead: Id): Promise<string | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: detailsKey(prefix, lead) }));
    return await Body?.transformToString();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
