import type { Account } from '../core/account.ts';
import { NOBODY } from '../core/account.ts';
import { release, type ReleasePorts } from '../core/release.ts';

export interface AccountPorts extends ReleasePorts {
  accountOf: (account: Pick<Account, 'source' | 'id'>) => Promise<Account | undefined>;
  /** False where another tenant has it. */
  saveAccount: (account: Account) => Promise<boolean>;
  deleteAccount: (account: Account) => Promise<boolean>;
  acceptToken: (account: Account) => Promise<unknown>;
  saveToken: (account: Account, token: string) => Promise<void>;
  deleteToken: (account: Account) => Promise<void>;
}

/** Another tenant has the page or portal, or nobody does. */
export class WrongTenant extends Error {}

/**
 * Gives a page or portal to its tenant with its token, or changes what is known of it there, and takes up what was parked for it;
 * says how many events. The token is kept first: from the moment it has a tenant, its leads are read.
 */
export async function saveAccount(account: Account, token: string | undefined, ports: AccountPorts): Promise<number> {
  const known = await ports.accountOf(account);
  if (known && known.tenant !== account.tenant) throw new WrongTenant('another tenant has it');
  if (token !== undefined) await ports.saveToken(account, token);
  if (!(await ports.saveAccount(account))) throw new WrongTenant('another tenant has it');
  if (token !== undefined) await ports.acceptToken(account);
  return (await release({ ...account, tenant: NOBODY }, ports)) + (await release(account, ports));
}

/** Takes a page or portal from its tenant, and its token with it, also where an earlier try ended between the two. Its leads stay; new ones are kept as nobody's. */
export async function removeAccount(account: Account, ports: AccountPorts): Promise<void> {
  const known = await ports.accountOf(account);
  if (known && known.tenant !== account.tenant) throw new WrongTenant('another tenant has it');
  const isDeleted = await ports.deleteAccount(account);
  await ports.deleteToken(account);
  if (!isDeleted) throw new WrongTenant('the tenant does not have it');
}
