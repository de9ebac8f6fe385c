import type { Compared } from '../core/completeness.ts';
import { Refused } from '../core/failures.ts';
import type { ListedLead, Listing, ListingApi, Subscription } from '../core/listing.ts';

export interface VendorPorts {
  fetch: typeof fetch;
  baseUrls: Record<string, string>;
  /** The token of an account, or the tenant's API key; `undefined` where nobody filled it in. */
  tokenOf: (of: Compared) => Promise<string | undefined>;
  /** What proves which app we are, for vendors that ask for it. */
  appSecretOf: (of: Compared) => Promise<string | undefined>;
  listings: Record<string, Listing>;
  subscriptions: Record<string, Subscription>;
  /** Where a source's vendor posts to. */
  webhookUrl: (source: string) => string;
}

/** The vendors' own records, and their subscriptions, each reached with the token of its account. */
export function vendors(ports: VendorPorts) {
  async function apiOf(of: Compared): Promise<ListingApi> {
    const token = await ports.tokenOf(of);
    if (!token) throw new Refused('there is no token');
    return {
      fetch: ports.fetch,
      baseUrl: ports.baseUrls[of.source] ?? '',
      token,
      appSecret: await ports.appSecretOf(of),
      account: of.account,
    };
  }
  const listingOf = (source: string): Listing => {
    const listing = Object.hasOwn(ports.listings, source) ? ports.listings[source] : undefined;
    if (!listing) throw new Error(`leads of ${source} can not be listed by this release`);
    return listing;
  };
  return {
    listingOf,
    page: async (of: Compared, window: Parameters<Listing['page']>[0], cursor: string | undefined) =>
      listingOf(of.source).page(window, cursor, await apiOf(of)),
    /** Of a lead that is missing also what the list does not say. */
    complete: async (of: Compared, lead: ListedLead) =>
      (await listingOf(of.source).complete?.(lead, await apiOf(of))) ?? lead,
    /** `undefined` where there is nobody to ask, or no answer just now: the next comparison asks again. */
    checkSubscription: async (of: Compared) => {
      const subscription = Object.hasOwn(ports.subscriptions, of.source) ? ports.subscriptions[of.source] : undefined;
      try {
        return await subscription?.check({ ...(await apiOf(of)), url: ports.webhookUrl(of.source) });
      } catch {
        return undefined;
      }
    },
  };
}
