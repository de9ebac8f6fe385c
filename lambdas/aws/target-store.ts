import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { EnrichedLead } from '../core/lead.ts';
import { answerWithin } from './deadlines.ts';
import { isMissing } from './s3-answers.ts';

const client = new S3Client({ maxAttempts: 2, requestHandler: answerWithin(2000) });

/** `target/close_lead_….json`; Close's are called `crm_lead_…`, as in the systems before this one. */
export const targetKey = (prefix: string, { source, lead_id }: { source: string; lead_id: string }) =>
  `${prefix}${source === 'close' ? 'crm' : source}_lead_${lead_id}.json`;

/** Keeps the enriched lead; the same lead again replaces it. */
export async function saveEnriched(bucket: string, prefix: string, lead: EnrichedLead): Promise<void> {
  const Body = JSON.stringify(lead, null, 2);
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: targetKey(prefix, lead), Body, ContentType: 'application/json' }),
  );
}

/** The enriched lead as it was kept. */
export async function readEnriched(
  bucket: string,
  prefix: string,
  lead: { source: string; lead_id: string },
): Promise<EnrichedLead> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: targetKey(prefix, lead) }));
  return EnrichedLead.parse(JSON.parse((await Body?.transformToString()) ?? ''));
}

/** Whether the lead was ever kept. Who may not list a bucket is told 403 for a missing object. */
export async function isEnriched(
  bucket: string,
  prefix: string,
  lead: { source: string; lead_id: string },
): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: targetKey(prefix, lead) }));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
