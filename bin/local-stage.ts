import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sources } from '../lambdas/sources/registry.ts';
import type { SourceId } from './arguments.ts';
import { CommandError } from './command.ts';
import { reach } from './reach.ts';
import { REDRIVEN, settingsOf, tenantOf, webhookAt, type Stage } from './stage.ts';

const LocalSettings = z.object({
  publicUrl: z.string(),
  aws: z.string().optional(),
  bucket: z.string(),
  lookupBucket: z.string(),
  table: z.string(),
  tenants: z.array(z.object({ tenant: z.string() })),
});

/** The local run at this address. Throws a sentence where nothing runs there. */
export async function localStage(url: URL, meant: SourceId | undefined, asked: string | undefined): Promise<Stage> {
  const { settings, source } = settingsOf('local', meant);
  const local = await settingsAt(url.origin);
  const endpoint = await reachable(
    local.aws ?? process.env['AWS_ENDPOINT_URL'] ?? `http://127.0.0.1:${process.env['AWS_PORT'] || 4566}`,
  );
  const access = {
    endpoint,
    region: 'us-east-1',
    // Any key that is not a function's is the operator's.
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  };
  const tenants = local.tenants.map(({ tenant }) => tenant);
  const queue = await queuesOf(access);
  return {
    settings,
    isLocal: true,
    tenants,
    tenant: tenantOf(asked, tenants),
    source: sources[source],
    webhookUrl: webhookAt(url.pathname === '/' ? local.publicUrl : url.href, source),
    bucket: local.bucket,
    table: local.table,
    captureQueueUrl: queue('CaptureQueue'),
    captureBulkQueueUrl: queue('CaptureBulkQueue'),
    ownerQueueUrl: queue('OwnerQueue'),
    ownerBulkQueueUrl: queue('OwnerBulkQueue'),
    eraseQueueUrl: queue('EraseQueue'),
    syncQueueUrl: queue('SyncQueue'),
    deadLetterUrls: ['Capture', 'Owner', 'Erase', 'Sweep'].map((step) => queue(`${step}QueueDeadLetters`)),
    replayQueueUrl: queue('ReplayQueue'),
    deadLetterQueues: REDRIVEN.map((step) => ({
      name: step.toLowerCase(),
      deadLetters: queue(`${step}QueueDeadLetters`),
      queue: queue(`${step}Queue`),
    })),
    closeApiUrl: `${local.publicUrl}/local/vendors/close`,
    graphUrl: `${local.publicUrl}/local/vendors/graph`,
    hubspotUrl: `${local.publicUrl}/local/vendors/hubspot`,
    access,
    lookupBucket: local.lookupBucket,
    lookAt: `${local.publicUrl}/local`,
  };
}

/** The console says nothing of queues' addresses; their names come from those of the constructs. */
async function queuesOf(access: Stage['access']): Promise<(construct: string) => string> {
  const { QueueUrls = [] } = await new SQSClient(access).send(new ListQueuesCommand({}));
  return (construct) => {
    const isMeant = (url: string) =>
      url.includes(construct) && (construct.endsWith('DeadLetters') || !url.includes('DeadLetters'));
    const queue = QueueUrls.find(isMeant);
    if (queue !== undefined) return queue;
    throw new CommandError(`The local run has no ${construct}; it was started from another version.`);
  };
}

/** Any answer will do, also a refusal. */
async function reachable(endpoint: string): Promise<string> {
  const why = `The AWS services of the local run are not at ${endpoint}; set AWS_PORT as it was for npm start`;
  await reach(endpoint, {}, why);
  return endpoint;
}

async function settingsAt(origin: string): Promise<z.infer<typeof LocalSettings>> {
  const why = `Nothing runs at ${origin}. Start it with npm start, or set PORT to where it runs`;
  const response = await reach(`${origin}/local/settings`, {}, why);
  const settings = response.ok ? LocalSettings.safeParse(await response.json().catch(() => undefined)).data : undefined;
  if (settings) return settings;
  throw new CommandError(`What runs at ${origin} is not Lead Relay. Set PORT to where it runs.`);
}
