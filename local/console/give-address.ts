import type { Tables } from '../cloud/tables.ts';
import type { Template } from '../template/template.ts';
import { tableOf } from './local-settings.ts';
import { putRow } from './put-once.ts';

interface Places {
  template: Template;
  tables: Tables;
}

/** Keeps where the dashboard of this run is, as a deployment does, so that alerts can link to it. Says in a sentence where the table takes no such row. */
export async function giveAddress(url: string, { template, tables }: Places, say: (sentence: string) => void) {
  const table = tableOf(template);
  if (table === '' || template.of('AWS::CloudFront::Distribution').length === 0) return;
  const row = { PK: 'none#STAGE', SK: 'DASHBOARD', url, changedAt: new Date().toISOString() };
  const problem = await putRow(tables, table, row);
  if (problem !== undefined) say(`The table ${table} does not take the address of the dashboard: ${problem}.`);
}
