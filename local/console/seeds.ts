import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../cloud/secrets.ts';

/** Development values of one tenant. */
interface TenantSeed {
  closeKey: string;
  slackUrl: string;
  metaPages: string[];
  hubspotPortals: string[];
  users: string[];
}

export interface Seeds {
  meta: { appSecret: string; verifyToken: string };
  hubspot: { clientSecret: string };
  tenants: Record<string, TenantSeed>;
}

/** The tenants of the stage, in its order: the folder in which a secret's name puts it. */
export function tenantsOf(secretNames: string[]): string[] {
  return [...new Set(secretNames.flatMap((name) => /([^/]+)\/[^/]+$/.exec(name)?.[1] ?? []))];
}

/** The development values of this folder, made once and kept. */
export function seedsOf(dataDir: string, tenants: string[]): Seeds {
  const file = join(dataDir, 'seeds.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Seeds) : undefined;
  const seeds: Seeds = {
    meta: kept?.meta ?? { appSecret: hex(16), verifyToken: hex(12) },
    hubspot: kept?.hubspot ?? { clientSecret: hex(18) },
    tenants: Object.fromEntries(tenants.map((tenant) => [tenant, kept?.tenants[tenant] ?? seedOf(tenant)])),
  };
  writeFileSync(file, JSON.stringify(seeds, null, 2));
  return seeds;
}

/** Fills the secrets of the stage that are empty. Close's API key stays empty: the local stage has none. */
export function fillSecrets(secrets: Secrets, seeds: Seeds) {
  for (const name of secrets.names) {
    const [tenant = '', kind = ''] = name.split('/').slice(-2);
    const seed = seeds.tenants[tenant];
    const values: Record<string, string | undefined> = {
      'close-signature-key': seed?.closeKey,
      'meta-signature-key': seeds.meta.appSecret,
      'hubspot-signature-key': seeds.hubspot.clientSecret,
      'slack-webhook-url': seed?.slackUrl,
    };
    const value = values[kind];
    if (value !== undefined) secrets.fill(name, value);
  }
}

function seedOf(tenant: string): TenantSeed {
  const letters = tenant.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  return {
    closeKey: hex(32),
    slackUrl: `https://hooks.slack.com/services/T${letters}/B${letters}/${hex(12)}`,
    metaPages: [digits(15)],
    hubspotPortals: [digits(8)],
    users: ['admin', 'manager', 'rep'].map((role) => `${role}@${tenant}.example`),
  };
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const digits = (count: number) =>
  Array.from({ length: count }, (_, index) => String(index === 0 ? randomInt(1, 10) : randomInt(10))).join('');
