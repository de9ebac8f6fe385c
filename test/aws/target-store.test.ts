import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readEnriched, saveEnriched } from '../../lambdas/aws/target-store.ts';
import { enrichedLead } from '../fixtures/lead.ts';

const s3 = mockClient(S3Client);
beforeEach(() => void s3.reset());

it.each([
  ['close', 'target/crm_lead_lead_Zq3.json'],
  ['meta', 'target/meta_lead_lead_Zq3.json'],
  ['hubspot', 'target/hubspot_lead_lead_Zq3.json'],
])('keeps a lead of %s as %s', async (source, key) => {
  s3.on(PutObjectCommand).resolves({});
  await saveEnriched('leads', 'target/', { ...enrichedLead, source });
  const { Bucket, Key, ContentType, Body } = s3.commandCalls(PutObjectCommand)[0]?.args[0].input ?? {};
  expect({ Bucket, Key, ContentType }).toEqual({ Bucket: 'leads', Key: key, ContentType: 'application/json' });
  expect(JSON.parse(Body as string)).toEqual({ ...enrichedLead, source });
});

it('reads a lead as it was kept', async () => {
  s3.on(GetObjectCommand, { Bucket: 'leads', Key: 'target/crm_lead_lead_Zq3.json' }).resolves({
    Body: { transformToString: async () => JSON.stringify(enrichedLead) } as never,
  });
  expect(await readEnriched('leads', 'target/', enrichedLead)).toEqual(enrichedLead);
});

it.each([[undefined], ['{}'], ['<html>'], [JSON.stringify({ ...enrichedLead, lead_owner: null })]])(
  'fails where what was kept is no enriched lead: %j',
  async (text) => {
    s3.on(GetObjectCommand).resolves(
      text === undefined ? {} : { Body: { transformToString: async () => text } as never },
    );
    await expect(readEnriched('leads', 'target/', enrichedLead)).rejects.toThrow();
  },
);
