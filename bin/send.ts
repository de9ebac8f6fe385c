import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CommandError, readArguments, run, wholeNumber } from './command.ts';
import { findStage } from './find-stage.ts';
import { follow } from './follow.ts';
import { journeysOf, type Journey } from './journey.ts';
import { postLead } from './post-lead.ts';
import { sampleLeads, type SampleLead } from './sample-leads.ts';
import { sendReport } from './send-report.ts';
import type { Stage } from './stage.ts';
import { stageSecret } from './stage-secret.ts';

const usage = `Usage: npm run send -- close [options]
  Signs and posts sample leads and shows each stage that they pass. Without --to and --stage: to the local run.
  --count N      how many leads (1)
  --to URL       the webhook of a deployed stage, or of a local run at another port
  --stage S      a stage of cdk.json; its signing key and its names are read from your AWS account
  --tenant T     a tenant of the stage (its first one)
  --test         marks them: the alert says TEST, and no statistic counts them
  --patience N   seconds to wait for something to happen before giving up (60)`;

const POSTS_AT_ONCE = 10;

await run(async () => {
  const values = readArguments(process.argv.slice(2), usage, {
    count: { type: 'string', default: '1' },
    to: { type: 'string' },
    stage: { type: 'string' },
    tenant: { type: 'string' },
    test: { type: 'boolean', default: false },
    patience: { type: 'string', default: '60' },
  });
  const count = wholeNumber('count', values.count, [1, 10_000]);
  const patience = wholeNumber('patience', values.patience, [1, 3600]) * 1000;
  const stage = await findStage({ stage: values.stage, tenant: values.tenant, url: values.to });
  const leads = sampleLeads({ count, isTest: values.test, funnelField: stage.settings.closeFields.funnel });
  await giveOwners(leads, stage);
  const report = sendReport(leads, stage);
  await postAll(leads, stage, report.answered);
  const missing = await follow(leads, { journeyOf: journeysOf(stage), passed: report.passed, patience });
  report.end(missing.size === 0);
  const [first] = missing.values();
  if (first) throw new CommandError(whyNot(first, missing.size, stage));
});

/** Writes the owners into the lookup bucket, where that is ours. */
async function giveOwners(leads: SampleLead[], { access, lookupBucket }: Stage) {
  if (lookupBucket === undefined) return;
  const s3 = new S3Client(access);
  for (const { id, lookup } of leads) {
    if (!lookup) continue;
    const object = { Bucket: lookupBucket, Key: `${id}.json`, Body: JSON.stringify(lookup) };
    await s3.send(new PutObjectCommand({ ...object, ContentType: 'application/json' }));
  }
}

async function postAll(leads: SampleLead[], stage: Stage, answered: (lead: SampleLead, ms: number) => void) {
  const secret = stageSecret(stage, 'signatureKey');
  const key = await secret.read();
  if (!key) throw new CommandError(`The secret ${secret.name} is empty: npm run connect -- close fills it.`);
  const rest = [...leads];
  const postNext = async () => {
    for (let lead = rest.shift(); lead; lead = rest.shift())
      answered(lead, await postLead(stage.webhookUrl, lead, key));
  };
  await Promise.all(Array.from({ length: POSTS_AT_ONCE }, postNext));
}

/** What did not happen, and where to look. */
function whyNot({ storedAs, lead, end }: Journey, count: number, { bucket, lookAt }: Stage): string {
  const leads = count === 1 ? 'A lead was' : `${count} leads were, the first of them,`;
  if (end) return `${leads} not told: ${end}. Look at ${lookAt}.`;
  if (!storedAs) return `${leads} answered and not stored in the bucket ${bucket}. Look at ${lookAt}.`;
  const [what, entry] = lead?.queuedAt
    ? ['captured and not told', 'due-and-not-told']
    : ['stored and not captured', 'stored-and-not-captured'];
  return `${leads} ${what}. Look at ${lookAt}; docs/runbook.md#${entry} says what to do.`;
}
