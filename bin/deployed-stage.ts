import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { sources } from '../lambdas/sources/registry.ts';
import { hubspotUrl } from '../lib/names.ts';
import type { SourceId } from './arguments.ts';
import { CommandError } from './command.ts';
import { settingsOf, tenantOf, webhookAt, type Stage } from './stage.ts';

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
  const outputs = await outputsOf(stack);
  const output = (key: string) => {
    const value = outputs.get(key);
    if (value === undefined) throw new CommandError(`The stack ${stack} has no output ${key}; deploy this version.`);
    return value;
  };
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
    eraseQueueUrl: output('EraseQueueUrl'),
    deadLetterUrls: ['Capture', 'Owner', 'Erase'].map((step) => output(`${step}DeadLettersUrl`)),
    closeApiUrl: settings.closeApiUrl,
    graphUrl: `https://graph.facebook.com/${settings.graphVersion}`,
    hubspotUrl,
    access: {},
    lookupBucket: undefined,
    lookAt: `the CloudWatch dashboard ${stack}`,
  };
}

async function outputsOf(stack: string): Promise<Map<string, string>> {
  try {
    const { Stacks = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stack }));
    return new Map(Stacks[0]?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('does not exist')) throw error;
    const why = `The stack ${stack} is not in this account and region; deploy it, or set AWS_PROFILE and AWS_REGION.`;
    throw new CommandError(why, { cause: error });
  }
}
