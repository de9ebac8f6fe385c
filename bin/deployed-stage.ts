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
  // A stage of an earlier release has fewer queues: each is asked for by the command that needs it.
  return {
    settings,
    isLocal: false,
    tenants,
    tenant,
    source: sources[source],
    webhookUrl: url ? webhookAt(url.href, source) : output('WebhookUrl').replace('{source}', source),
    bucket: output('BucketName'),
    table: output('TableName'),
    get captureQueueUrl() {
      return output('CaptureQueueUrl');
    },
    get captureBulkQueueUrl() {
      return output('CaptureBulkQueueUrl');
    },
    get ownerQueueUrl() {
      return output('OwnerQueueUrl');
    },
    get ownerBulkQueueUrl() {
      return output('OwnerBulkQueueUrl');
    },
    get eraseQueueUrl() {
      return output('EraseQueueUrl');
    },
    get syncQueueUrl() {
      return output('SyncQueueUrl');
    },
    get deadLetterUrls() {
      return ['Capture', 'Owner', 'Erase', 'Sweep'].map((step) => output(`${step}DeadLettersUrl`));
    },
    get replayQueueUrl() {
      return output('ReplayQueueUrl');
    },
    get deadLetterQueues() {
      return REDRIVEN.map((step) => ({
        name: step.toLowerCase(),
        deadLetters: output(`${step}DeadLettersUrl`),
        queue: output(`${step}QueueUrl`),
      }));
    },
    closeApiUrl: settings.closeApiUrl,
    graphUrl: `https://graph.facebook.com/${settings.graphVersion}`,
    hubspotUrl,
    access: {},
    lookupBucket: undefined,
    lookAt: `the CloudWatch dashboard ${stack}`,
  };
}
