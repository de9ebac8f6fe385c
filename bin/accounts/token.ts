import type { Stage } from '../stage.ts';
import type { AccountRequest } from './account-details.ts';
import type { AccountKind } from './account-kind.ts';
import { newToken } from './new-token.ts';
import { takenUp, tenantAccounts, titleOf } from './tenant-accounts.ts';

/** Replaces the token of a page or portal of the tenant; leads that waited for it go on. */
export async function replaceToken(stage: Stage, kind: AccountKind, request: AccountRequest): Promise<void> {
  const accounts = tenantAccounts(stage, kind);
  const account = await accounts.get(request.id);
  const { token } = await newToken(stage, kind, request);
  const waited = await accounts.save(account, token);
  console.log(`The token of the ${kind.noun} ${titleOf(account)} is replaced.`);
  console.log(takenUp(waited));
}
