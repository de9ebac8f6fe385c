import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { VendorRecord } from '../core/hydration.ts';
import type { Lead } from '../core/lead.ts';
import { answerWithin } from './deadlines.ts';
import { isMissing } from './s3-answers.ts';

const client = new S3Client({ maxAttempts: 2, requestHandler: answerWithin(2000) });

const LONGEST_NAMES = 1800;

interface Place {
  bucket: string;
  /** `details/`. */
  prefix: string;
}

type Id = Pick<Lead, 'tenant' | 'source' | 'lead_id'>;

/** A tenant's own, since a lead's id in a delivery is no proof that its page brought that lead. */
export const detailsKey = (prefix: string, { tenant, source, lead_id }: Id) =>
  `${prefix}${tenant}/${source}_lead_${lead_id}.json`;

/** Keeps what a vendor answered, as received, and beside it the names that were read with it: the vendor may not have it for ever. */
export async function saveDetails({ bucket, prefix }: Place, lead: Id, { body, names }: VendorRecord): Promise<void> {
  const Key = detailsKey(prefix, lead);
  // Metadata is ASCII, and of 2 KB at most.
  const said = encodeURIComponent(JSON.stringify(names));
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key,
      Body: body,
      ContentType: 'application/json',
      ...(said.length < LONGEST_NAMES && { Metadata: { names: said } }),
    }),
  );
}

/** What a vendor answered before; `undefined` where it never did. Who may not list a bucket is told 403 for a missing object. */
export async function readDetails({ bucket, prefix }: Place, lead: Id): Promise<VendorRecord | undefined> {
  try {
    const { Body, Metadata = {} } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: detailsKey(prefix, lead) }),
    );
    const body = await Body?.transformToString();
    return body === undefined ? undefined : { body, ...namesIn(Metadata['names']) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const namesIn = (said: string | undefined): Omit<VendorRecord, 'body'> =>
  said === undefined
    ? { names: {}, lacksNames: true }
    : { names: JSON.parse(decodeURIComponent(said)) as VendorRecord['names'] };
