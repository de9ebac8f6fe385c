import { readFileSync } from 'node:fs';
import { readSettings, SettingError, type Settings } from '../lib/config.ts';
import { CommandError } from './command.ts';

/** A running stage, as the commands need it. */
export interface Stage {
  settings: Settings;
  tenant: string;
  /** Where Close posts to. */
  webhookUrl: string;
  bucket: string;
  table: string;
  closeApiUrl: string;
  /** How a client of the AWS SDK reaches the stage; empty means the person's own credentials and region. */
  access: { endpoint?: string; region?: string; credentials?: { accessKeyId: string; secretAccessKey: string } };
  /** The lookup bucket, where it is ours to write to. */
  lookupBucket: string | undefined;
  /** Where a person looks when a lead does not arrive. */
  lookAt: string;
}

/** The settings of a stage of cdk.json. */
export function settingsOf(stage: string): Settings {
  const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as { context: object };
  try {
    return readSettings({ ...context, stage });
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

/** The webhook of Close at an address that may be given without its path. */
export function webhookAt(url: string): string {
  const base = url.replace(/\/+$/, '');
  return /\/(webhooks\/close|crm\/webhook)$/.test(base) ? base : `${base}/webhooks/close`;
}
