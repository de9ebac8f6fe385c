import { readFileSync } from 'node:fs';
import type { DeadLetterQueue } from '../lambdas/aws/dead-letters.ts';
import type { Source } from '../lambdas/core/source.ts';
import { sources } from '../lambdas/sources/registry.ts';
import { readSettings, SettingError, type Settings } from '../lib/config.ts';
import type { SourceId } from './arguments.ts';
import { CommandError } from './command.ts';

/** A running stage, as the commands need it. */
export interface Stage {
  settings: Settings;
  /** On this machine, where vendors are stand-ins that learn from us what they know. */
  isLocal: boolean;
  /** All of its tenants, and the one that is meant. */
  tenants: string[];
  tenant: string;
  /** The source that is meant; the stage's first one where a command is about none. */
  source: Source;
  /** Where its vendor posts to. */
  webhookUrl: string;
  bucket: string;
  table: string;
  captureQueueUrl: string;
  /** The lane of what comes in bulk, which holds up nothing else. */
  captureBulkQueueUrl: string;
  ownerQueueUrl: string;
  ownerBulkQueueUrl: string;
  eraseQueueUrl: string;
  syncQueueUrl: string;
  deadLetterUrls: string[];
  /** The queue of jobs that run deliveries again. */
  replayQueueUrl: string;
  /** Where messages lie that were given up, and where they go back to. */
  deadLetterQueues: DeadLetterQueue[];
  closeApiUrl: string;
  graphUrl: string;
  hubspotUrl: string;
  /** How a client of the AWS SDK reaches the stage; empty means the person's own credentials and region. */
  access: { endpoint?: string; region?: string; credentials?: { accessKeyId: string; secretAccessKey: string } };
  /** The lookup bucket, where it is ours to write to. */
  lookupBucket: string | undefined;
  /** Where a person looks when a lead does not arrive. */
  lookAt: string;
}

/** Steps whose messages can be sent back once they were given up. */
export const REDRIVEN = ['Capture', 'Owner', 'Erase', 'Sync', 'Sweep', 'Replay'];

/** The settings of a stage of cdk.json, and the source that is meant: its first one where none is. Throws a sentence where the stage has it off. */
export function settingsOf(stage: string, meant: SourceId | undefined): { settings: Settings; source: SourceId } {
  const settings = settingsWith({ stage });
  const source = meant ?? settings.sources[0];
  if (source !== undefined && settings.sources.includes(source)) return { settings, source };
  throw new CommandError(`The stage ${stage} has ${source} off: add it to the setting sources and deploy.`);
}

/** The settings of cdk.json with these over them, as `-c` gives them to CDK. Throws a sentence where one is wrong. */
export function settingsWith(given: Record<string, string>): Settings {
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as { context: object };
  try {
    return readSettings({ ...context, ...given });
  } catch (error) {
    if (error instanceof SettingError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}

/** The tenant asked for, or the first one. Throws where there is no such tenant. */
export function tenantOf(asked: string | undefined, tenants: string[]): string {
  const tenant = asked ?? tenants[0];
  if (tenant !== undefined && tenants.includes(tenant)) return tenant;
  throw new CommandError(`There is no tenant "${tenant}"; the stage has ${tenants.join(', ')}.`);
}

/** The webhook of a source at an address that may be given without its path. */
export function webhookAt(url: string, source: SourceId): string {
  const base = url.replace(/\/+$/, '');
  const paths = [`/webhooks/${source}`, ...sources[source].aliases];
  return paths.some((path) => base.endsWith(path)) ? base : `${base}/webhooks/${source}`;
}
