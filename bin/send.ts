import { readArguments, wholeNumber } from './arguments.ts';
import { atOnce } from './at-once.ts';
import { CommandError, run } from './command.ts';
import { findStage } from './find-stage.ts';
import { follow } from './follow.ts';
import { journeysOf, type Journey } from './journey.ts';
import { postDelivery } from './post-delivery.ts';
import type { SampleLead, Samples } from './sample-lead.ts';
import { samples } from './samples.ts';
import { sendReport } from './send-report.ts';
import type { Stage } from './stage.ts';
import { stageSecret } from './stage-secret.ts';

const usage = `Usage: npm run send -- close|meta|hubspot [options]
  Signs and posts sample leads and shows each stage that they pass. Without --to and --stage: to the local run.
  --count N      how many leads (1)
  --batch N      how many of them in one delivery: meta up to 1000, hubspot up to 100 (1)
  --import       as from an import, hubspot only: people are told of all of them together
  --to URL       the webhook of a deployed stage, or of a local run at another port
  --stage S      a stage of cdk.json; its signing key and its names are read from your AWS account
  --tenant T     a tenant of the stage (its first one)
  --test         marks them: the alert says TEST, and no statistic counts them
  --patience N   seconds to wait for something to happen before giving up (60)`;

const POSTS_AT_ONCE = 10;

await run(async () => {
  const { source, values } = readArguments(process.argv.slice(2), usage, {
    count: { type: 'string', default: '1' },
    batch: { type: 'string' },
    to: { type: 'string' },
    stage: { type: 'string' },
    tenant: { type: 'string' },
    test: { type: 'boolean', default: false },
    import: { type: 'boolean', default: false },
    patience: { type: 'string', default: '60' },
  });
  const count = wholeNumber('count', values.count, [1, 10_000]);
  const patience = wholeNumber('patience', values.patience, [1, 3600]) * 1000;
  const vendor: Samples = samples[source];
  if (values.batch && vendor.largestBatch === 1)
    throw new CommandError('--batch is for meta and hubspot: Close sends one lead at a time.');
  if (values.import && source !== 'hubspot') throw new CommandError('--import is for hubspot.');
  const batch = wholeNumber('batch', values.batch ?? '1', [1, vendor.largestBatch]);
  const stage = await findStage({ source, stage: values.stage, tenant: values.tenant, url: values.to });
  const key = await signingKeyOf(stage);
  const leads = await vendor.make(stage, { count, batch, isTest: values.test, isImport: values.import });
  const report = sendReport(leads, stage);
  await postAll(leads, stage, (body) => vendor.headersOf(body, key, Date.now(), stage.webhookUrl), report.answered);
  const missing = await follow(leads, { journeyOf: journeysOf(stage), passed: report.passed, patience });
  report.end(missing.size === 0);
  const [first] = missing.values();
  if (first) throw new CommandError(whyNot(first, missing.size, stage));
});

async function signingKeyOf(stage: Stage): Promise<string> {
  const { name, read } = stageSecret(stage, 'signatureKey');
  const key = await read();
  if (key !== undefined) return key;
  throw new CommandError(`The secret ${name} is empty: npm run connect -- ${stage.source.id} fills it.`);
}

async function postAll(
  leads: SampleLead[],
  { webhookUrl }: Stage,
  headersOf: (body: Buffer) => ReturnType<Samples['headersOf']>,
  answered: (lead: SampleLead, ms: number) => void,
) {
  await atOnce(
    POSTS_AT_ONCE,
    Map.groupBy(leads, ({ body }) => body),
    async ([body, inside]) => {
      const ms = await postDelivery(webhookUrl, body, headersOf(body));
      for (const lead of inside) answered(lead, ms);
    },
  );
}

/** What did not happen, and where to look. */
function whyNot({ storedAs, lead, end, waits }: Journey, count: number, { bucket, lookAt }: Stage): string {
  const leads = count === 1 ? 'A lead was' : `${count} leads were, the first of them,`;
  const why = end ?? (lead?.queuedAt ? undefined : waits);
  if (why) return `${leads} not told: ${why}. Look at ${lookAt}.`;
  if (!storedAs) return `${leads} answered and not stored in the bucket ${bucket}. Look at ${lookAt}.`;
  const [what, entry] = lead?.queuedAt
    ? ['captured and not told', 'due-and-not-told']
    : ['stored and not captured', 'stored-and-not-captured'];
  return `${leads} ${what}. Look at ${lookAt}; docs/runbook.md#${entry} says what to do.`;
}
