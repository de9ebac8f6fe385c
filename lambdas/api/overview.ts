import type * as z from 'zod';
import type { User } from '../core/users.ts';
import type { Actor } from './actor.ts';
import { type EmailPorts, listEmails } from './email-targets.ts';
import type { PagePorts } from './pages.ts';
import type { Overview } from './schemas/settings.ts';

export interface OverviewPorts extends EmailPorts, Pick<PagePorts, 'pagesOf'> {
  /** The sources that are on, and whether each is tested by its vendor with a token. */
  sources: { id: string; label: string; hasVerifyToken: boolean }[];
  callbackUrl: (source: string) => string;
  hasKey: (tenant: string, source: string) => Promise<boolean>;
  hasVerifyToken: (tenant: string, source: string) => Promise<boolean>;
  hasSlackUrl: (tenant: string) => Promise<boolean>;
  isOnFor: { slack: boolean; email: boolean };
  portalsOf: (tenant: string) => Promise<unknown[]>;
  peopleOf: (tenant: string) => Promise<User[]>;
  hasLeads: (tenant: string) => Promise<boolean>;
}

/** What is set up and what is not. */
export async function overviewOf(actor: Actor, ports: OverviewPorts): Promise<z.infer<typeof Overview>> {
  const { tenant } = actor;
  const sources = ports.sources.map(async ({ id, label, hasVerifyToken }) => ({
    id,
    label,
    callback_url: ports.callbackUrl(id),
    has_key: await ports.hasKey(tenant, id),
    has_verify_token: hasVerifyToken ? await ports.hasVerifyToken(tenant, id) : null,
  }));
  const [ofSources, isSlackSet, emails, pages, portals, users, hasLeads] = await Promise.all([
    Promise.all(sources),
    ports.hasSlackUrl(tenant),
    listEmails(actor, ports),
    ports.pagesOf(tenant),
    ports.portalsOf(tenant),
    ports.peopleOf(tenant),
    ports.hasLeads(tenant),
  ]);
  return {
    sources: ofSources,
    slack: { is_on: ports.isOnFor.slack, is_set: isSlackSet },
    email: { is_on: ports.isOnFor.email, addresses: emails.length },
    pages: pages.length,
    portals: portals.length,
    users: users.length,
    has_leads: hasLeads,
  };
}
