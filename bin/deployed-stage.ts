import { sources } from '../lambdas/sources/registry.ts';
import { hubspotUrl } from '../lib/names.ts';
import type { SourceId } from './arguments.ts';
import { stackOutputs } from './stack-outputs.ts';
import { REDRIVEN, settingsOf, tenantOf, webhookAt, type Stage } from './stage.ts';

/** A stage of cdk.json as it is deployed in the person's account and region. Throws a sentence where it is not. */
export async function deployedStage(
  name: string,
  meant: SourceId | undefined,
  { tenant: asked, url }: { tenant: string | undefined; url: URL | undefined },
): Promise<Stage> {
  const { settings, source } = settingsOf(name, meant);
  const tenants = Object.keys(settings.tenants);
  const tenant = tenantOf(asked, tenants);
  const stack = `LeadRelay-${name}`;
  const output = await stackOutputs(stack);
  return {
    settings,
    isLocal: false,
    tenants,
    tenant,
    source: sources[source],
    webhookUrl: url ? webhookAt(url.href, source) : output('WebhookUrl').replace('{source}', source),
    bucket: output('BucketName'),
    table: output('TableName'),
    captureQueueUrl: output('CaptureQueueUrl'),
    captureBulkQueueUrl: output('CaptureBulkQueueUrl'),
    ownerQueueUrl: output('OwnerQueueUrl'),
    ownerBulkQueueUrl: output('OwnerBulkQueueUrl'),
    eraseQueueUrl: output('EraseQueueUrl'),
    syncQueueUrl: output('SyncQueueUrl'),
    deadLetterUrls: ['Capture', 'Owner', 'Erase', 'Sweep'].map((step) => output(`${step}DeadLettersUrl`)),
    replayQueueUrl: output('ReplayQueueUrl'),
    deadLetterQueues: REDRIVEN.map((step) => ({
      name: step.toLowerCase(),
      deadLetters: output(`${step}DeadLettersUrl`),
      queue: output(`${step}QueueUrl`),
    })),
    closeApiUrl: settings.closeApiUrl,
    graphUrl: `https://graph.facebook.com/${settings.graphVersion}`,
    hubspotUrl,
    access: {},
    lookupBucket: undefined,
    lookAt: `the CloudWatch dashboard ${stack}`,
  };
}
