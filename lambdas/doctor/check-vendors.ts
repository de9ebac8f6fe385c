import type { Account } from '../core/account.ts';
import { Gone, Later, Refused, TokenRefused } from '../core/failures.ts';
import { type Finding, fine, type Subject, unknown, wrong } from '../core/finding.ts';
import type { About, Seen } from '../core/look.ts';
import type { Source } from '../core/source.ts';

export interface VendorPorts {
  /** The sources that are on. */
  sources: Source[];
  /** The pages or portals of a tenant. */
  accountsOf: (tenant: string, source: string) => Promise<Account[]>;
  tokenOf: (account: Account) => Promise<string | undefined>;
  closeApiKeyOf: (tenant: string) => Promise<string | undefined>;
  /** Throws as a `Look` does. */
  lookAt: (source: string, of: { tenant: string; account: string }, token: string) => Promise<Seen[]>;
  flagsOf: (tenant: string) => string;
}

/** Whether each vendor takes our tokens, lets them do what is needed, and posts to us; each page and portal by itself. */
export async function checkVendors(tenant: string, ports: VendorPorts): Promise<Finding[]> {
  const found = await Promise.all(ports.sources.map((source) => ofSource(tenant, source, ports)));
  return found.flat();
}

async function ofSource(tenant: string, source: Source, ports: VendorPorts): Promise<Finding[]> {
  if (!source.account) {
    const key = await ports.closeApiKeyOf(tenant);
    return key === undefined ? [] : look({ tenant, source: source.id }, source, key, ports);
  }
  const accounts = await ports.accountsOf(tenant, source.id);
  if (accounts.length === 0) return [noAccount(tenant, source, ports)];
  const found = await Promise.all(accounts.map((account) => ofAccount(account, source, ports)));
  return found.flat();
}

async function ofAccount(account: Account, source: Source, ports: VendorPorts): Promise<Finding[]> {
  const of = { tenant: account.tenant, source: source.id, account: account.id };
  const token = await ports.tokenOf(account);
  if (token !== undefined) return look(of, source, token, ports);
  const cause = `There is no token of the ${nameOf(of, source)}.`;
  return [wrong('token', of, { cause, consequence: consequences.token, cure: newToken(of, source, ports) })];
}

/** A failure to look is a finding too. */
async function look(of: Subject & { tenant: string }, source: Source, token: string, ports: VendorPorts) {
  try {
    const seen = await ports.lookAt(source.id, { tenant: of.tenant, account: of.account ?? '' }, token);
    return seen.map((one) => findingOf(of, one));
  } catch (error) {
    return [failure(of, source, error, ports)];
  }
}

const findingOf = (of: Subject, { about, state, cause, cure }: Seen): Finding =>
  state === 'ok' ? fine(about, of, cause) : { id: about, state, of, cause, consequence: consequences[about], cure };

const consequences: Record<About, string> = {
  token: 'Its new leads can not be read; they are kept and wait.',
  scopes: 'What the token may not read is missing from leads, or they wait.',
  expiry: 'When it ends, leads can not be read any more; they are kept and wait.',
  webhook: 'New leads do not come in by themselves.',
  subscription: 'Its new leads do not come in by themselves.',
  events: 'Some of what happens to leads there does not come in.',
};

function failure(of: Subject & { tenant: string }, source: Source, error: unknown, ports: VendorPorts): Finding {
  const cure = newToken(of, source, ports);
  const name = nameOf(of, source);
  if (error instanceof TokenRefused || error instanceof Gone) {
    const why =
      error instanceof Gone
        ? `${source.label} knows no ${name}, or does not show it to its token`
        : `${source.label} does not accept the ${source.account ? `token of the ${name}` : 'API key'}`;
    return wrong('token', of, { cause: `${why} (${error.message}).`, consequence: consequences.token, cure });
  }
  if (error instanceof Refused) {
    const cause = `${source.label} lets the token of the ${name} not do what is needed (${error.message}).`;
    return wrong('scopes', of, { cause, consequence: consequences.scopes, cure });
  }
  if (!(error instanceof Later)) throw error;
  return unknown('token', of, {
    cause: `${source.label} can not say how the ${name} is just now (${error.message}).`,
    consequence: 'Whether its leads come in is not known.',
    cure: `Run the doctor again in some minutes: npm run doctor -- ${ports.flagsOf(of.tenant)}`,
  });
}

const newToken = (of: Subject & { tenant: string }, { id, account }: Source, { flagsOf }: VendorPorts) =>
  account
    ? `${account.command} -- token ${of.account} ${flagsOf(of.tenant)}`
    : `npm run connect -- ${id} ${flagsOf(of.tenant)} --api-key-stdin`;

/** `page 123`, `organisation`. */
const nameOf = ({ account }: Subject, source: Source) =>
  source.account ? `${source.account.noun} ${account}` : `organisation at ${source.label}`;

function noAccount(tenant: string, { id, label, account }: Source, { flagsOf }: VendorPorts): Finding {
  return unknown(
    'account',
    { tenant, source: id },
    {
      cause: `The tenant has no ${account?.noun} of ${label} yet.`,
      consequence: `No lead of ${label} can be read.`,
      cure: `${account?.command} -- add ${account?.noun.toUpperCase()}_ID ${flagsOf(tenant)}; a source that nobody uses is taken out of the setting sources.`,
    },
  );
}
