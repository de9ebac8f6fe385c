import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { keyOf } from '../lambdas/aws/table.ts';
import type { ChannelRecord } from '../lambdas/core/channel.ts';
import type { Lead } from '../lambdas/core/lead.ts';
import { nameOf } from '../lambdas/sources/close/payload.ts';
import { prefixes } from '../lib/constructs/storage.ts';
import type { SampleLead } from './sample-leads.ts';
import type { Stage } from './stage.ts';

/** How far a lead has come. */
export interface Journey {
  /** The object in `source/`; `undefined` until it holds the very bytes that were sent. */
  storedAs?: string | undefined;
  lead?: (Lead & { capturedAt?: string; lookedUpAt?: string }) | undefined;
  channels: (ChannelRecord & { settledAt?: string; reason?: string })[];
  /** Why it will not get any further. */
  end?: string | undefined;
}

/** Looks where leads of the stage are: at the bucket and at the lead's rows of the table. */
export function journeysOf(stage: Stage) {
  const s3 = new S3Client(stage.access);
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(stage.access));

  async function storedAs(sample: SampleLead): Promise<string | undefined> {
    const Key = prefixes.source + nameOf(sample.body);
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: stage.bucket, Key }));
      return sample.body.equals((await Body?.transformToByteArray()) ?? new Uint8Array()) ? Key : undefined;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  return async (sample: SampleLead, before?: Journey): Promise<Journey> => {
    const { PK, SK } = keyOf.lead(stage.tenant, sample.id);
    const [stored, { Items = [] }] = await Promise.all([
      before?.storedAs ?? storedAs(sample),
      table.send(
        new QueryCommand({
          TableName: stage.table,
          KeyConditionExpression: 'PK = :pk',
          ExpressionAttributeValues: { ':pk': PK },
          ConsistentRead: true,
        }),
      ),
    ]);
    const broken = Items.find(({ outcome }) => outcome !== undefined && outcome !== 'done' && outcome !== 'duplicate');
    return {
      storedAs: stored,
      lead: Items.find((item) => item['SK'] === SK) as Journey['lead'],
      channels: Items.filter(({ channel }) => channel !== undefined) as Journey['channels'],
      end: broken && `${String(broken['outcome'])}: ${String(broken['reason'] ?? 'no reason given')}`,
    };
  };
}
