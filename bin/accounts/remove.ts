import type { Stage } from '../stage.ts';
import type { AccountRequest } from './account-details.ts';
import type { AccountKind } from './account-kind.ts';
import { parkedCount, tenantAccounts, titleOf } from './tenant-accounts.ts';

/** Takes a page or portal from the tenant, and its token with it. */
export async function takeAccount(stage: Stage, kind: AccountKind, { id }: AccountRequest): Promise<void> {
  const { noun } = kind;
  const accounts = tenantAccounts(stage, kind);
  const account = await accounts.get(id);
  const waiting = await parkedCount(stage, account);
  await accounts.remove(account);
  console.log(`The ${noun} ${titleOf(account)} is taken from the tenant ${account.tenant}, and its token is deleted.`);
  console.log(`Leads that it brought stay. New ones are kept, and told to nobody until the ${noun} is added again.`);
  if (waiting > 0) console.log(`Leads of it that wait until ${account.tenant} adds it again: ${waiting}.`);
}
