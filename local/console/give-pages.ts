import type { Secrets } from '../cloud/secrets.ts';
import type { Tables } from '../cloud/tables.ts';
import type { Template } from '../template/template.ts';
import { tableOf } from './local-settings.ts';
import { keepSeeds, type Seeds } from './seeds.ts';

interface Places {
  template: Template;
  tables: Tables;
  secrets: Secrets;
}

/** The made-up users of the pages, and where their customers call from. */
const people: Record<string, { owner: string; country: string }> = {
  north: { owner: 'Frauke Lindner', country: 'DE' },
  south: { owner: 'Ximena Araya', country: 'CL' },
};

/**
 * Gives each tenant its Meta page with a token, once in the life of the folder: what an operator changes or removes later stays so.
 * A stage without Meta or without a table has no pages. Says in a sentence where the table of the template takes none.
 */
export async function givePages(dataDir: string, seeds: Seeds, places: Places, say: (sentence: string) => void) {
  const table = tableOf(places.template);
  for (const [tenant, seed] of Object.entries(seeds.tenants)) {
    const folder = metaFolderOf(tenant, places.secrets.names);
    if (seed.pagesGiven || folder === undefined || table === '') continue;
    for (const page of seed.metaPages) {
      places.secrets.fill(`${folder}meta-token-${page}`, seed.metaToken);
      const problem = await putPage(places.tables, table, tenant, page);
      if (problem !== undefined) return say(`The table ${table} does not take the Meta page of ${tenant}: ${problem}.`);
    }
    seed.pagesGiven = true;
    keepSeeds(dataDir, seeds);
  }
}

/** `lead-relay/local/north/`, in which the tenant's secrets of Meta are; nothing where the stage has no such source. */
const metaFolderOf = (tenant: string, secretNames: string[]) =>
  secretNames.find((name) => name.endsWith(`/${tenant}/meta-signature-key`))?.replace(/[^/]+$/, '');

/** Writes a page as the product does, unless it is there already. Returns what the table has against it. */
async function putPage(tables: Tables, TableName: string, tenant: string, id: string): Promise<string | undefined> {
  const row = {
    PK: `none#ACCOUNT#meta#${id}`,
    SK: 'ACCOUNT',
    GSI1PK: `${tenant}#ACCOUNTS`,
    GSI1SK: `meta#${id}`,
    tenant,
    source: 'meta',
    id,
    name: `${tenant.slice(0, 1).toUpperCase()}${tenant.slice(1)} page`,
    ...(people[tenant] ?? { owner: 'Robin Marlowe' }),
    changedAt: new Date().toISOString(),
  };
  const Item = { ...Object.fromEntries(Object.entries(row).map(([name, S]) => [name, { S }])), v: { N: '1' } };
  const put = { TableName, Item, ConditionExpression: 'attribute_not_exists(PK)' };
  const { status, body } = await tables.call('PutItem', put);
  const { __type = '', message = __type } = body as { __type?: string; message?: string };
  return status === 200 || __type.endsWith('ConditionalCheckFailedException') ? undefined : message;
}
