import { accountsOf } from '../../lambdas/aws/account-table.ts';
import type { Account } from '../../lambdas/core/account.ts';
import { plain } from '../../lambdas/core/plain.ts';
import { useAccess } from '../access.ts';
import { inColumns } from '../columns.ts';
import { tokenOf } from '../stage-secret.ts';
import type { Stage } from '../stage.ts';
import type { AccountRequest } from './account-details.ts';
import { type AccountKind, hasUser } from './account-kind.ts';
import { parkedCount } from './tenant-accounts.ts';

/** Shows the pages or portals of every tenant, or of one. */
export async function listAccounts(stage: Stage, kind: AccountKind, { isOfOneTenant }: AccountRequest): Promise<void> {
  useAccess(stage.access);
  const { source, noun, command } = kind;
  const tenants = isOfOneTenant ? [stage.tenant] : stage.tenants;
  const user = hasUser(kind) ? ['USER'] : [];
  const header = [noun.toUpperCase(), 'NAME', 'TENANT', ...user, 'COUNTRY', 'TOKEN', 'WAITING'];
  const rows = [header];
  for (const tenant of tenants)
    for (const account of await accountsOf(stage.table, { tenant, source }))
      rows.push(await rowOf(stage, kind, account));
  if (rows.length === 1)
    return console.log(`There is no ${noun} of ${tenants.join(', ')}: ${command} -- add gives one.`);
  console.log(inColumns(rows));
}

async function rowOf(stage: Stage, kind: AccountKind, account: Account): Promise<string[]> {
  const { id, name, tenant, owner, ownerEmail, country, refused } = account;
  const user = hasUser(kind) ? [plain([owner, ownerEmail && `<${ownerEmail}>`].filter(Boolean).join(' '))] : [];
  const token = refused
    ? `refused since ${refused.since.slice(0, 16).replace('T', ' ')} UTC`
    : (await tokenOf(stage, account))
      ? 'ok'
      : 'no token';
  const waiting = await parkedCount(stage, account);
  const cells = [id, plain(name ?? ''), tenant, ...user, country ?? '', token, String(waiting)];
  return cells.map((cell) => cell || '-');
}
