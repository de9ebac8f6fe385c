import type { Secrets } from '../cloud/secrets.ts';
import type { Tables } from '../cloud/tables.ts';
import type { Template } from '../template/template.ts';
import { pageOwnerOf } from '../sign-in/development-users.ts';
import { tableOf } from './local-settings.ts';
import { putOnce } from './put-once.ts';
import { keepSeeds, type Seeds, type TenantSeed } from './seeds.ts';

interface Places {
  template: Template;
  tables: Tables;
  secrets: Secrets;
}

/** What brings a tenant's leads at one vendor. */
interface Kind {
  source: string;
  vendor: string;
  noun: string;
  ids: 'metaPages' | 'hubspotPortals';
  token: 'metaToken' | 'hubspotToken';
  given: 'pagesGiven' | 'portalsGiven';
  /** Its made-up user; HubSpot names the owners of leads itself. */
  ownerOf?: (tenant: string) => string;
}

/** Where the tenants' customers call from. */
const countries: Record<string, string> = { north: 'DE', south: 'CL' };

const kinds: Kind[] = [
  {
    source: 'meta',
    vendor: 'Meta',
    noun: 'page',
    ids: 'metaPages',
    token: 'metaToken',
    given: 'pagesGiven',
    ownerOf: pageOwnerOf,
  },
  {
    source: 'hubspot',
    vendor: 'HubSpot',
    noun: 'portal',
    ids: 'hubspotPortals',
    token: 'hubspotToken',
    given: 'portalsGiven',
  },
];

/**
 * Gives each tenant its Meta page and its HubSpot portal with a token, once in the life of the folder: what an operator changes or
 * removes later stays so. A stage without the source or without a table has none. Says in a sentence where the table of the template
 * takes none.
 */
export async function giveAccounts(dataDir: string, seeds: Seeds, places: Places, say: (sentence: string) => void) {
  const table = tableOf(places.template);
  if (table === '') return;
  for (const kind of kinds) {
    for (const [tenant, seed] of Object.entries(seeds.tenants)) {
      const problem = await giveOnce(kind, tenant, seed, table, places);
      if (problem !== undefined)
        return say(`The table ${table} does not take the ${kind.vendor} ${kind.noun} of ${tenant}: ${problem}.`);
      keepSeeds(dataDir, seeds);
    }
  }
}

/** Returns what the table has against it. */
async function giveOnce(
  kind: Kind,
  tenant: string,
  seed: TenantSeed,
  table: string,
  { secrets, tables }: Places,
): Promise<string | undefined> {
  const folder = folderOf(kind.source, tenant, secrets.names);
  if (seed[kind.given] || folder === undefined) return undefined;
  for (const id of seed[kind.ids]) {
    secrets.fill(`${folder}${kind.source}-token-${id}`, seed[kind.token]);
    const problem = await putOnce(tables, table, rowOf(kind, tenant, id));
    if (problem !== undefined) return problem;
  }
  seed[kind.given] = true;
  return undefined;
}

/** `lead-relay/local/north/`, in which the tenant's secrets of a source are; nothing where the stage has no such source. */
const folderOf = (source: string, tenant: string, secretNames: string[]) =>
  secretNames.find((name) => name.endsWith(`/${tenant}/${source}-signature-key`))?.replace(/[^/]+$/, '');

/** A page or portal as the product writes it. */
function rowOf({ source, noun, ownerOf }: Kind, tenant: string, id: string): Record<string, string> {
  const country = countries[tenant];
  const now = new Date().toISOString();
  return {
    PK: `none#ACCOUNT#${source}#${id}`,
    SK: 'ACCOUNT',
    GSI1PK: `${tenant}#ACCOUNTS`,
    GSI1SK: `${source}#${id}`,
    tenant,
    source,
    id,
    name: `${tenant.slice(0, 1).toUpperCase()}${tenant.slice(1)} ${noun}`,
    ...(ownerOf && { owner: ownerOf(tenant) }),
    ...(country && { country }),
    connectedAt: now,
    changedAt: now,
  };
}
