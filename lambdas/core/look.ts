import type { State } from './finding.ts';
import type { VendorAccess } from './hydration.ts';

/** With what a vendor is looked at: the token of a page or portal, or of Close the API key. */
export interface LookApi extends VendorAccess {
  /** The page or portal; empty where the source has none. */
  account: string;
  /** Where it shall post to. */
  url: string;
  /** Milliseconds since 1970. */
  now: number;
  /** What the vendor's app is changed with, where somebody gave it: `{app id}:{developer API key}`. */
  developerKey?: string | undefined;
  /** What a command needs to be about this: `--stage prod --tenant north`. */
  flags: string;
}

/** What must be right at a vendor: that it takes our token, what the token may do and until when, that it posts to us, of this page, and what. */
export type About = 'token' | 'scopes' | 'expiry' | 'webhook' | 'subscription' | 'events';

/** What was seen of one such thing, and what mends it. */
export interface Seen {
  about: About;
  state: State;
  cause: string;
  /** `null` where there is nothing to mend. */
  cure: string | null;
}

export const well = (about: About, cause: string): Seen => ({ about, state: 'ok', cause, cure: null });
export const ill = (about: About, cause: string, cure: string): Seen => ({ about, state: 'wrong', cause, cure });

/**
 * Looks at a vendor and changes nothing there. Throws `TokenRefused` where it takes the token no longer, `Refused` where the token may
 * not look, `Gone` where there is no such page or portal, `Later` where it can't say now.
 */
export type Look = (api: LookApi) => Promise<Seen[]>;

/** A token is to be replaced this long before its end: milliseconds. */
const EARLY = 14 * 24 * 60 * 60_000;
const DAY = 24 * 60 * 60_000;

/** How long a token is good for; `endsAt` in milliseconds since 1970, absent where it has no end. */
export function expiryOf(what: string, endsAt: number | undefined, now: number, cure: string): Seen {
  if (endsAt === undefined) return well('expiry', `${what} has no end.`);
  const end = new Date(endsAt).toISOString().slice(0, 10);
  if (endsAt <= now) return ill('expiry', `${what} ended on ${end}.`, cure);
  const days = Math.floor((endsAt - now) / DAY);
  const cause = `${what} is good until ${end}, for ${days} ${days === 1 ? 'day' : 'days'} more.`;
  return endsAt - now < EARLY ? ill('expiry', cause, cure) : well('expiry', cause);
}

/** Whether a token may do all that is needed. */
export function scopesOf(what: string, has: readonly string[], needed: readonly string[], cure: string): Seen {
  const lacking = needed.filter((scope) => !has.includes(scope));
  if (lacking.length === 0) return well('scopes', `${what} may do all that is needed.`);
  return ill('scopes', `${what} lacks ${lacking.join(', ')}.`, cure);
}

/** Whether an address may be this stage's by a domain of its own: the same route, and no other API of API Gateway. */
export const mayBeOurs = (address: string, url: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { hostname, pathname } = new URL(address);
  const route = url.split('/').slice(-2).join('/');
  return pathname.endsWith(`/${route}`) && !hostname.endsWith('.amazonaws.com');
};

/** That a vendor posts elsewhere, which is well where that is a domain of the stage's own. */
export function elsewhere(who: string, address: string, { url }: Pick<LookApi, 'url'>, cure: string): Seen {
  if (!mayBeOurs(address, url)) return ill('webhook', `${who} posts to another address than ${url}.`, cure);
  const cause = `${who} posts to ${new URL(address).origin}, which is well if that is a domain of this stage.`;
  return { about: 'webhook', state: 'unknown', cause, cure: `If it is not: ${cure}` };
}
