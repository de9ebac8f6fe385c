import { accountsOf } from '../lambdas/aws/account-table.ts';
import type { Account } from '../lambdas/core/account.ts';
import { useAccess } from './access.ts';
import { CommandError } from './command.ts';
import type { Stage } from './stage.ts';

/** The pages or portals of the tenant, from which its sample leads come. Throws a sentence where it has none. */
export async function accountsToSendFrom({
  access,
  table,
  tenant,
  source: { id: source, account },
}: Stage): Promise<[Account, ...Account[]]> {
  useAccess(access);
  const [first, ...more] = await accountsOf(table, { tenant, source });
  if (first) return [first, ...more];
  throw new CommandError(`The tenant ${tenant} has no ${account?.noun} yet: ${account?.command} -- add gives it one.`);
}
