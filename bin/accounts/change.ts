import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import type { AccountRequest } from './account-details.ts';
import type { AccountKind } from './account-kind.ts';
import { takenUp, tenantAccounts, titleOf, whoseLeads } from './tenant-accounts.ts';

const or = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** Changes what is known of a page or portal of the tenant; the leads that it brought stay as they are. */
export async function changeAccount(stage: Stage, kind: AccountKind, { id, details }: AccountRequest): Promise<void> {
  if (Object.values(details).every((detail) => detail === undefined)) {
    const options = Object.keys(kind.details).map((option) => `--${option}`);
    throw new CommandError(`What to change? Add ${or.format(options)}.`);
  }
  const accounts = tenantAccounts(stage, kind);
  const known = await accounts.get(id);
  const given = Object.fromEntries(Object.entries(details).filter(([, detail]) => detail !== undefined));
  const account = { ...known, ...given };
  const waited = await accounts.save(account);
  console.log(`The ${kind.noun} ${titleOf(account)} is changed; ${whoseLeads(kind, account)}.`);
  if (waited > 0) console.log(takenUp(waited));
}
