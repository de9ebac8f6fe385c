import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DeliveryFacts } from '../core/event.ts';
import { Unavailable } from '../core/failures.ts';
import { answerWithin } from './deadlines.ts';
import { isConflict, isMissing, isTaken } from './s3-answers.ts';

// One attempt must end well before a vendor's own limit (HubSpot: 5 s), so that there is time for a second.
const client = new S3Client({ maxAttempts: 2, requestHandler: answerWithin(1800) });

/** Between two tries of a put that met another writer: milliseconds. */
const CONFLICT_PAUSE = 20;

/** Where a delivery came from, kept beside its bytes. Times are ISO 8601 in UTC. */
export interface RawOrigin {
  source: string;
  /** Absent where the source's pages or portals say whose the delivery is. */
  tenant?: string;
  receivedAt: string;
  origin: NonNullable<DeliveryFacts['origin']>;
  correlationId: string;
  /** What is new in it is told to nobody: it was asked for like that. */
  quiet?: true;
}

/** The same as it is read again, with what S3 itself says. */
type StoredOrigin = Partial<RawOrigin & Pick<DeliveryFacts, 'storedAt' | 'digest'>>;

/**
 * Keeps the bytes under this key unless some are there already: exactly one of any number of writers gets `stored`. Throws
 * `Unavailable` where S3 has not taken them when the signal aborts (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
export async function saveRaw(
  { bucket, key, body, from }: { bucket: string; key: string; body: Buffer; from: RawOrigin },
  abortSignal: AbortSignal,
): Promise<'stored' | 'duplicate'> {
  const put = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentType: 'application/json',
    IfNoneMatch: '*',
    Metadata: {
      source: from.source,
      ...(from.tenant && { tenant: from.tenant }),
      'received-at': from.receivedAt,
      digest: createHash('sha256').update(body).digest('hex'),
      origin: from.origin,
      'correlation-id': from.correlationId,
      ...(from.quiet && { quiet: 'true' }),
    },
  });
  for (;;) {
    try {
      await client.send(put, { abortSignal });
      return 'stored';
    } catch (error) {
      if (isTaken(error)) return 'duplicate';
      if (!isConflict(error) || abortSignal.aborted)
        throw new Unavailable('store', 'S3 did not take the delivery', { cause: error });
      await sleep(CONFLICT_PAUSE);
    }
  }
}

/** The bytes of a delivery and where they came from; what was put by another hand has no origin. `undefined` where there is no such object, of which who may not list a bucket is told 403. */
export async function readRaw(bucket: string, key: string): Promise<{ body: Buffer; from: StoredOrigin } | undefined> {
  const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!found) return undefined;
  const { Body, Metadata = {}, LastModified } = found;
  if (!Body) throw new Error('S3 answered without a body');
  const { source, tenant, 'received-at': receivedAt, origin, digest, 'correlation-id': correlationId } = Metadata;
  const quiet = Metadata['quiet'] === 'true' ? true : undefined;
  const storedAt = LastModified?.toISOString();
  const from = { source, tenant, receivedAt, origin, digest, correlationId, quiet, storedAt };
  return {
    body: Buffer.from(await Body.transformToByteArray()),
    from: Object.fromEntries(Object.entries(from).filter(([, value]) => value)),
  };
}
