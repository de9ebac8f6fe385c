import type { Seeds } from '../../console/seeds.ts';
import type { Secrets } from '../../cloud/secrets.ts';
import type { Vendor } from '../vendors.ts';

/** Whose records are whose: pages of Meta, portals of HubSpot, and of Close the tenants themselves. */
export interface Accounts {
  /** Those that the token is good for. */
  of(vendor: Vendor, token: string): string[];
  /** The one whose record is which names nobody. */
  first(vendor: Vendor): string;
  has(vendor: Vendor, account: string): boolean;
  /** The one that a record names; empty where that is nobody's name here. */
  named(vendor: Vendor, name: string): string;
}

/** `…/north/close-api-key`, `…/north/meta-token-6041`. */
const names: Record<Vendor, RegExp> = {
  close: /([^/]+)\/close-api-key$/,
  graph: /\/meta-token-([^/]+)$/,
  hubspot: /\/hubspot-token-([^/]+)$/,
};

/** The accounts of the local run, by the tokens that its secrets hold. */
export function accountsIn(secrets: Pick<Secrets, 'filled' | 'current'>, seeds: Seeds): Accounts {
  const tenants = Object.entries(seeds.tenants);
  const filled = (vendor: Vendor) =>
    secrets.filled.flatMap((name) => {
      const [, account] = names[vendor].exec(name) ?? [];
      return account === undefined ? [] : [{ account, token: secrets.current(name) }];
    });
  const first: Record<Vendor, () => string | undefined> = {
    graph: () => tenants[0]?.[1].metaPages[0],
    hubspot: () => tenants[0]?.[1].hubspotPortals[0],
    close: () => {
      const keys = filled('close').map(({ account }) => account);
      return tenants.map(([tenant]) => tenant).find((tenant) => keys.includes(tenant)) ?? tenants[0]?.[0];
    },
  };
  return {
    of: (vendor, token) =>
      token === '' ? [] : filled(vendor).flatMap((one) => (one.token === token ? [one.account] : [])),
    first: (vendor) => first[vendor]() ?? '',
    has: (vendor, account) => filled(vendor).some((one) => one.account === account),
    // Whose a page or portal is may be known later.
    named: (vendor, name) => (vendor !== 'close' || Object.hasOwn(seeds.tenants, name) ? name : ''),
  };
}
