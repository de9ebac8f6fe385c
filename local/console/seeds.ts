import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '../cloud/secrets.ts';
import { type DevelopmentUser, makeUsers, type Member } from '../sign-in/development-users.ts';

/** Development values of one tenant. */
export interface TenantSeed {
  closeKey: string;
  slackUrl: string;
  metaPages: string[];
  /** Of its pages. */
  metaToken: string;
  /** Set when its pages were given to it: from then on they are the operator's. */
  pagesGiven?: true;
  hubspotPortals: string[];
  /** Of its portals. */
  hubspotToken: string;
  /** As `pagesGiven`. */
  portalsGiven?: true;
  /** Admin, manager, rep. */
  people: DevelopmentUser[];
  /** As `pagesGiven`. */
  usersGiven?: true;
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

/** The development values of this folder, made once and kept; what an earlier release did not have is added. */
export function seedsOf(dataDir: string, tenants: string[]): Seeds {
  const file = fileIn(dataDir);
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Seeds>) : {};
  const seeds: Seeds = {
    meta: kept.meta ?? { appSecret: hex(16), verifyToken: hex(12) },
    hubspot: kept.hubspot ?? { clientSecret: hex(18) },
    tenants: Object.fromEntries(tenants.map((tenant) => [tenant, { ...seedOf(tenant), ...kept.tenants?.[tenant] }])),
  };
  keepSeeds(dataDir, seeds);
  return seeds;
}

export function keepSeeds(dataDir: string, seeds: Seeds) {
  const file = fileIn(dataDir);
  writeFileSync(`${file}.new`, JSON.stringify(seeds, null, 2));
  renameSync(`${file}.new`, file);
}

/** Everybody who may sign in, by tenant. */
export const membersOf = ({ tenants }: Seeds): Member[] =>
  Object.entries(tenants).flatMap(([tenant, { people }]) => people.map((person) => ({ ...person, tenant })));

/** Fills the secrets of the stage that are empty. Close's API key stays empty: the local stage has none. */
export function fillSecrets(secrets: Secrets, seeds: Seeds) {
  for (const name of secrets.names) {
    const [tenant = '', kind = ''] = name.split('/').slice(-2);
    const seed = seeds.tenants[tenant];
    const values: Record<string, string | undefined> = {
      'close-signature-key': seed?.closeKey,
      'meta-signature-key': seeds.meta.appSecret,
      'meta-verify-token': seeds.meta.verifyToken,
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
    metaToken: `EAA${hex(20)}`,
    hubspotPortals: [digits(8)],
    hubspotToken: `pat-na1-${randomUUID()}`,
    people: makeUsers(tenant),
  };
}

const fileIn = (dataDir: string) => join(dataDir, 'seeds.json');
const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const digits = (count: number) =>
  Array.from({ length: count }, (_, index) => String(index === 0 ? randomInt(1, 10) : randomInt(10))).join('');
