import { accountsOf } from '../../lambdas/aws/account-table.ts';
import type { Account } from '../../lambdas/core/account.ts';
import { plain } from '../../lambdas/core/plain.ts';
import { useAccess } from '../access.ts';
import { tokenOf } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';
import type { PageRequest } from './page-details.ts';
import { parkedCount } from './tenant-pages.ts';

const header = ['PAGE', 'NAME', 'TENANT', 'USER', 'COUNTRY', 'TOKEN', 'WAITING'];

/** Shows the pages of every tenant, or of one. */
export async function listPages(stage: Stage, { isOfOneTenant }: PageRequest): Promise<void> {
  useAccess(stage.access);
  const tenants = isOfOneTenant ? [stage.tenant] : stage.tenants;
  const rows = [header];
  for (const tenant of tenants)
    for (const page of await accountsOf(stage.table, { tenant, source: 'meta' })) rows.push(await rowOf(stage, page));
  if (rows.length === 1)
    return console.log(`There is no page of ${tenants.join(', ')}: npm run pages -- add gives one.`);
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

async function rowOf(stage: Stage, page: Account): Promise<string[]> {
  const { id, name, tenant, owner, ownerEmail, country, refused } = page;
  const user = [owner, ownerEmail && `<${ownerEmail}>`].filter(Boolean).join(' ');
  const token = refused
    ? `refused since ${refused.since.slice(0, 16).replace('T', ' ')} UTC`
    : (await tokenOf(stage, page))
      ? 'ok'
      : 'no token';
  const waiting = await parkedCount(stage, page);
  return [id, plain(name ?? ''), tenant, plain(user), country ?? '', token, String(waiting)].map((cell) => cell || '-');
}
