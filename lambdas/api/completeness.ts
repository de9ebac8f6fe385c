import type { Account } from '../core/account.ts';
import { type Comparison, countOf } from '../core/completeness.ts';
import type { Completeness } from './schemas/sync.ts';

export interface CompletenessPorts {
  /** Ids of the sources that are on, and what people call them. */
  comparedSources: () => { id: string; label: string; hasAccounts: boolean }[];
  comparisonsOf: (tenant: string) => Promise<Comparison[]>;
  accountsOf: (of: Pick<Account, 'tenant' | 'source'>) => Promise<Account[]>;
}

/** Each account of the tenant with its counts, also those that were never compared, in the order of the sources. */
export async function completenessOf(tenant: string, ports: CompletenessPorts): Promise<Completeness[]> {
  const known = await ports.comparisonsOf(tenant);
  const rows = await Promise.all(
    ports.comparedSources().map(async ({ id: source, label, hasAccounts }) => {
      const at = (account: string) => known.find((row) => row.source === source && row.account === account);
      if (!hasAccounts)
        return [
          rowOf(
            source,
            label,
            undefined,
            known.find((row) => row.source === source),
          ),
        ];
      const accounts = await ports.accountsOf({ tenant, source });
      return accounts.map((account) => rowOf(source, label, account, at(account.id)));
    }),
  );
  return rows.flat();
}

function rowOf(source: string, label: string, account: Account | undefined, row: Comparison | undefined): Completeness {
  const { vendor, ours } = row ? countOf(row) : { vendor: 0, ours: 0 };
  return {
    source,
    source_label: label,
    account: account?.id ?? null,
    account_name: account?.name ?? null,
    since: timeOf(row?.since),
    vendor,
    ours,
    difference: vendor - ours,
    compared_until: timeOf(row?.comparedUntil),
    fetched: row?.backfilled ?? 0,
    last_fetched_at: timeOf(row?.backfilledAt),
    trouble: row?.trouble?.reason ?? null,
    trouble_since: timeOf(row?.trouble?.since),
    webhook: row?.subscription?.state ?? null,
    webhook_reason: row?.subscription && 'reason' in row.subscription ? row.subscription.reason : null,
  };
}

const timeOf = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());
