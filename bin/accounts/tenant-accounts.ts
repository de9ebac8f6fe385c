import { parkedOf } from '../../lambdas/aws/parked-table.ts';
import { removeAccount, saveAccount, WrongTenant } from '../../lambdas/accounts/accounts.ts';
import type { Account } from '../../lambdas/core/account.ts';
import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import { type AccountKind, hasUser } from './account-kind.ts';
import { accountPorts } from './account-ports.ts';

/** How many parked leads are counted at a time. */
const AT_ONCE = 100;

/** The pages or portals of a stage, changed for its tenant by the same rules as everywhere. */
export function tenantAccounts(stage: Stage, kind: AccountKind) {
  const { source, noun, command } = kind;
  const { tenant } = stage;
  const ports = accountPorts(stage, kind);

  /** One of the tenant; `undefined` where nobody has it. Throws a sentence where another tenant does. */
  async function find(id: string): Promise<Account | undefined> {
    const account = await ports.accountOf({ source, id });
    if (!account || account.tenant === tenant) return account;
    throw new CommandError(
      `The ${noun} ${id} is of the tenant ${account.tenant}, not of ${tenant}: add --tenant ${account.tenant}.`,
    );
  }

  /** One of the tenant. Throws a sentence where it is not. */
  async function get(id: string): Promise<Account> {
    const account = await find(id);
    if (account) return account;
    throw new CommandError(`Nobody has the ${noun} ${id}: ${command} -- add ${id} gives it to a tenant.`);
  }

  /** Keeps one, with its token where that is new; returns how many leads that waited go on now. */
  async function save(account: Account, token?: string): Promise<number> {
    try {
      return await saveAccount(account, token, ports);
    } catch (error) {
      if (!(error instanceof WrongTenant)) throw error;
      throw new CommandError(`Another tenant took the ${noun} ${account.id} just now.`, { cause: error });
    }
  }

  const remove = (account: Account) => removeAccount(account, ports);

  return { find, get, save, remove };
}

/** How many leads of a page or portal wait for a person. */
export async function parkedCount({ table }: Stage, { tenant, source, id: account }: Account): Promise<number> {
  let count = 0;
  for (let after: string | undefined; ;) {
    const parked = await parkedOf(table, { tenant, source, account }, { after, limit: AT_ONCE });
    count += parked.length;
    after = parked.at(-1)?.eventId;
    if (parked.length < AT_ONCE) return count;
  }
}

/** How many leads that waited for a page or portal go on, as a sentence. */
export function takenUp(count: number): string {
  if (count === 0) return 'No lead had waited for it.';
  return `${count === 1 ? '1 lead that had waited for it is' : `${count} leads that had waited for it are`} taken up now.`;
}

/** Who gets the leads of a page or portal, as a part of a sentence. */
export const whoseLeads = (kind: AccountKind, { owner }: Account): string =>
  hasUser(kind)
    ? `its leads go to ${owner || 'whom the owner directories know'}`
    : `${kind.vendor} says who owns its leads`;

/** `123 (Acme)`. */
export const titleOf = ({ id, name }: Account): string => (name ? `${id} (${name})` : id);
