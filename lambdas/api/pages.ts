import type { Account } from '../core/account.ts';
import type { Actor } from './actor.ts';
import { checkToken, type TokenPorts } from './check-token.ts';
import { Failed, notFound } from './failed.ts';
import type { Page, PageChange } from './schemas/settings.ts';
import type * as z from 'zod';

type PageId = Pick<Account, 'tenant' | 'id'>;

export interface PagePorts extends TokenPorts {
  isOn: (source: string) => boolean;
  pagesOf: (tenant: string) => Promise<Account[]>;
  /** Whosever it is. */
  pageOf: (id: string) => Promise<Account | undefined>;
  hasToken: (page: PageId) => Promise<boolean>;
  /** How many leads wait for it, counted to a limit. */
  waitingFor: (page: PageId) => Promise<number>;
  /** Keeps a page, its token where one is given, and who did it; says how many leads that waited go on now. `undefined` where another tenant has it. */
  savePage: (page: Account, token: string | undefined, by: Actor) => Promise<number | undefined>;
  /** False where the tenant does not have it. */
  removePage: (page: PageId, by: Actor) => Promise<boolean>;
}

type Shown = z.infer<typeof Page>;

/** How many pages are looked at at once. */
const AT_ONCE = 10;

/** The pages of the tenant. */
export async function listPages({ tenant }: Actor, ports: PagePorts): Promise<Shown[]> {
  const pages = await ports.pagesOf(tenant);
  const shown: Shown[] = [];
  for (let from = 0; from < pages.length; from += AT_ONCE)
    shown.push(...(await Promise.all(pages.slice(from, from + AT_ONCE).map((page) => show(page, ports)))));
  return shown;
}

/** Gives a page to the tenant, or changes it there. A token that Meta refuses is not kept; nor is anything said of another tenant's page. */
export async function changePage(
  actor: Actor,
  id: string,
  change: z.infer<typeof PageChange>,
  ports: PagePorts,
): Promise<Shown & { says: string | null }> {
  const { tenant } = actor;
  if (!ports.isOn('meta'))
    throw new Failed('refused', 'Meta is off in this stage: add meta to the setting sources and deploy');
  const known = await ports.pageOf(id);
  if (known && known.tenant !== tenant) throw notAvailable();
  const checked = change.token === undefined ? undefined : await checkToken({ tenant, id }, change.token, ports);
  const page = {
    source: 'meta',
    id,
    tenant,
    name: emptied(change.name) ?? (known?.name ? undefined : (checked?.name ?? undefined)),
    owner: emptied(change.owner),
    ownerEmail: emptied(change.owner_email),
    country: emptied(change.country),
  };
  const waited = await ports.savePage(page, change.token, actor);
  if (waited === undefined) throw notAvailable();
  const says = [checked?.says, takenUp(waited)].filter(Boolean).join(' ') || null;
  return { ...(await show((await ports.pageOf(id)) ?? page, ports)), says };
}

/** Takes a page from the tenant, and its token with it; its leads stay. */
export async function removePage(actor: Actor, id: string, ports: PagePorts): Promise<void> {
  if (!(await ports.removePage({ tenant: actor.tenant, id }, actor))) throw notFound('page');
}

/** A page of the tenant; what is another's does not exist. */
export async function ownPage({ tenant }: Actor, id: string, { pageOf }: Pick<PagePorts, 'pageOf'>): Promise<Account> {
  const page = await pageOf(id);
  if (page?.tenant !== tenant) throw notFound('page');
  return page;
}

async function show(page: Account, ports: PagePorts): Promise<Shown> {
  const [isThere, waiting] = await Promise.all([ports.hasToken(page), ports.waitingFor(page)]);
  const { id, name, owner, ownerEmail, country, refused } = page;
  return {
    id,
    name: name || null,
    owner: owner || null,
    owner_email: ownerEmail || null,
    country: country || null,
    token: !isThere ? 'missing' : refused ? 'refused' : 'set',
    refused_since: refused?.since ?? null,
    waiting,
  };
}

const notAvailable = () => new Failed('conflict', 'this page is not available');

/** What stands for nothing in the table is an empty text. */
const emptied = (text: string | null | undefined) => (text === null ? '' : text);

const takenUp = (count: number) =>
  count === 0 ? '' : `${count === 1 ? '1 lead' : `${count} leads`} that had waited for the page will come in now.`;
