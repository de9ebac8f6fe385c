import type { Account } from '../core/account.ts';
import type { Compared } from '../core/completeness.ts';
import type { Source } from '../core/source.ts';
import { type Comparing, ORGANIZATION } from '../core/sync.ts';

export interface AccountsPorts {
  tenants: string[];
  /** The sources that are on, of which there is a list. */
  sources: Source[];
  accountsOf: (of: Pick<Account, 'tenant' | 'source'>) => Promise<Account[]>;
  hasToken: (of: Compared) => Promise<boolean>;
}

/** All that can be compared: pages, portals, and the organisation of a tenant where we may ask for it. */
export async function comparedIn({ tenant, source }: Comparing['compare'], ports: AccountsPorts) {
  const found: (Compared & { connectedAt: number | undefined })[] = [];
  for (const one of ports.tenants.filter((id) => tenant === undefined || id === tenant)) {
    for (const { id, account } of ports.sources.filter((each) => source === undefined || each.id === source)) {
      const organization = { tenant: one, source: id, account: ORGANIZATION };
      if (account === undefined) {
        if (await ports.hasToken(organization)) found.push({ ...organization, connectedAt: undefined });
        continue;
      }
      for (const { id: name, connectedAt } of await ports.accountsOf({ tenant: one, source: id }))
        found.push({
          tenant: one,
          source: id,
          account: name,
          connectedAt: connectedAt === undefined ? undefined : Date.parse(connectedAt),
        });
    }
  }
  return found;
}
