import { parkedOf } from '../../lambdas/aws/parked-table.ts';
import { removeAccount, saveAccount, WrongTenant } from '../../lambdas/accounts/accounts.ts';
import type { Account } from '../../lambdas/core/account.ts';
import { CommandError } from '../command.ts';
import type { Stage } from '../stage.ts';
import { accountPorts } from './account-ports.ts';

/** How many parked leads are counted at a time. */
const AT_ONCE = 100;

/** The pages of a stage, changed for its tenant by the same rules as everywhere. */
export function tenantPages(stage: Stage) {
  const { tenant } = stage;
  const ports = accountPorts(stage);

  /** A page of the tenant; `undefined` where nobody has it. Throws a sentence where another tenant does. */
  async function find(id: string): Promise<Account | undefined> {
    const page = await ports.accountOf({ source: 'meta', id });
    if (!page || page.tenant === tenant) return page;
    throw new CommandError(
      `The page ${id} is of the tenant ${page.tenant}, not of ${tenant}: add --tenant ${page.tenant}.`,
    );
  }

  /** A page of the tenant. Throws a sentence where it is not. */
  async function get(id: string): Promise<Account> {
    const page = await find(id);
    if (page) return page;
    throw new CommandError(`Nobody has the page ${id}: npm run pages -- add ${id} gives it to a tenant.`);
  }

  /** Keeps a page, with its token where that is new; returns how many leads that waited go on now. */
  async function save(page: Account, token?: string): Promise<number> {
    try {
      return await saveAccount(page, token, ports);
    } catch (error) {
      if (!(error instanceof WrongTenant)) throw error;
      throw new CommandError(`Another tenant took the page ${page.id} just now.`, { cause: error });
    }
  }

  const remove = (page: Account) => removeAccount(page, ports);

  return { find, get, save, remove };
}

/** How many leads of a page wait for a person. */
export async function parkedCount({ table }: Stage, { tenant, source, id: account }: Account): Promise<number> {
  let count = 0;
  for (let after: string | undefined; ;) {
    const parked = await parkedOf(table, { tenant, source, account }, { after, limit: AT_ONCE });
    count += parked.length;
    after = parked.at(-1)?.eventId;
    if (parked.length < AT_ONCE) return count;
  }
}

/** How many leads that waited for a page go on, as a sentence. */
export function takenUp(count: number): string {
  if (count === 0) return 'No lead had waited for it.';
  return `${count === 1 ? '1 lead that had waited for it is' : `${count} leads that had waited for it are`} taken up now.`;
}

/** `123 (Acme)`. */
export const titleOf = ({ id, name }: Account): string => (name ? `${id} (${name})` : id);
