import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { keyOf } from '../lambdas/aws/table.ts';
import type { ChannelRecord } from '../lambdas/core/channel.ts';
import { isFinal, type Outcome } from '../lambdas/core/event.ts';
import type { Lead } from '../lambdas/core/lead.ts';
import { prefixes } from '../lib/names.ts';
import type { SampleLead } from './sample-lead.ts';
import type { Stage } from './stage.ts';

/** What came of a channel; `digestAt`: when it tells of the lead together with others, in milliseconds since 1970. */
type Told = ChannelRecord & { settledAt?: string; reason?: string; digestAt?: number | undefined };

/** How far a lead has come. */
export interface Journey {
  /** The object in `source/`; `undefined` until it holds the very bytes that were sent. */
  storedAs?: string | undefined;
  lead?: (Lead & { capturedAt?: string; lookedUpAt?: string }) | undefined;
  channels: Told[];
  /** Why it will not get any further. */
  end?: string | undefined;
  /** What it waits for, outside of us. */
  waits?: string | undefined;
}

/** Looks where leads of the stage are: at the bucket and at the lead's rows of the table. */
export function journeysOf(stage: Stage) {
  const s3 = new S3Client(stage.access);
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(stage.access));
  /** By delivery, since a large one is read but once for all of its leads. */
  const stored = new Map<Buffer, string>();

  async function storedAs({ body }: SampleLead): Promise<string | undefined> {
    const known = stored.get(body);
    if (known !== undefined) return known;
    const Key = prefixes.source + stage.source.nameOf(body);
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: stage.bucket, Key }));
      if (!body.equals((await Body?.transformToByteArray()) ?? new Uint8Array())) return undefined;
      stored.set(body, Key);
      return Key;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  const withDigest = (told: Told): Told =>
    told.state === 'digest' && told.window !== undefined
      ? { ...told, digestAt: (told.window + 1) * stage.settings.digestSeconds * 1000 }
      : told;

  return async (sample: SampleLead): Promise<Journey> => {
    const { PK, SK } = keyOf.lead(stage.tenant, sample.id);
    const [key, { Items = [] }] = await Promise.all([
      storedAs(sample),
      table.send(
        new QueryCommand({
          TableName: stage.table,
          KeyConditionExpression: 'PK = :pk',
          ExpressionAttributeValues: { ':pk': PK },
          ConsistentRead: true,
        }),
      ),
    ]);
    return {
      storedAs: key,
      lead: Items.find((item) => item['SK'] === SK) as Journey['lead'],
      channels: (Items.filter(({ channel }) => channel !== undefined) as Told[]).map(withDigest),
      ...eventIn(Items),
    };
  };
}

/** What keeps an event from becoming a lead. */
function eventIn(items: Record<string, unknown>[]): Pick<Journey, 'end' | 'waits'> {
  const event = items.find(({ outcome }) => outcome !== undefined && outcome !== 'done' && outcome !== 'duplicate');
  if (!event) return {};
  const { outcome, reason = 'no reason given' } = event as { outcome: Outcome; reason?: string };
  const why = `${outcome}: ${reason}`;
  return isFinal(outcome) ? { end: why } : { waits: why };
}
