import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import type { AccountRequest } from './account-details.ts';
import { type AccountKind, hasUser } from './account-kind.ts';
import { newToken } from './new-token.ts';
import { takenUp, tenantAccounts, titleOf, whoseLeads } from './tenant-accounts.ts';

/** Gives a page or portal to the tenant, and takes up the leads that came before. */
export async function addAccount(stage: Stage, kind: AccountKind, request: AccountRequest): Promise<void> {
  const { id, details } = request;
  const { noun, command, source } = kind;
  const { tenant } = stage;
  if (hasUser(kind) && !details.owner) throw new CommandError(`Who gets the leads of the ${noun}? Add --owner "Name".`);
  const accounts = tenantAccounts(stage, kind);
  if (await accounts.find(id))
    throw new CommandError(`The ${noun} ${id} is there already: ${command} -- change ${id}, or token ${id}.`);
  const { token, name } = await newToken(stage, kind, request);
  const account = { source, id, tenant, ...details, name: details.name || name };
  const waited = await accounts.save(account, token);
  console.log(`The ${noun} ${titleOf(account)} is of the tenant ${tenant} now; ${whoseLeads(kind, account)}.`);
  console.log(takenUp(waited));
  console.log(kind.next(id));
}
