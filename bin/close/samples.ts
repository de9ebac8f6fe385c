import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { atOnce } from '../at-once.ts';
import type { Samples } from '../sample-lead.ts';
import type { Stage } from '../stage.ts';
import { closeLeads, type CloseLead } from './leads.ts';
import { signedHeaders } from './signature.ts';
import { tellStandIn } from './stand-in.ts';

const PUTS_AT_ONCE = 10;

/** Leads as Close sends them, one a delivery; three of four have an owner in the lookup bucket, where that is ours. Those that are no test are at the stand-in for Close, too. */
export const closeSamples: Samples = {
  largestBatch: 1,
  async make(stage, { count, isTest }) {
    const leads = closeLeads({ count, isTest, funnelField: stage.settings.closeFields.funnel, tenant: stage.tenant });
    await giveOwners(leads, stage);
    if (stage.isLocal && !isTest) await atOnce(PUTS_AT_ONCE, leads, (lead) => tellStandIn(stage.closeApiUrl, lead));
    return leads.map(({ id, name, body, lookup }) => ({
      id,
      name,
      body,
      owner: lookup && { name: lookup.lead_owner, known: 'in the lookup bucket' },
    }));
  },
  headersOf: signedHeaders,
};

async function giveOwners(leads: CloseLead[], { access, lookupBucket }: Stage) {
  if (lookupBucket === undefined) return;
  const s3 = new S3Client(access);
  for (const { id, lookup } of leads) {
    if (!lookup) continue;
    const object = { Bucket: lookupBucket, Key: `${id}.json`, Body: JSON.stringify(lookup) };
    await s3.send(new PutObjectCommand({ ...object, ContentType: 'application/json' }));
  }
}
