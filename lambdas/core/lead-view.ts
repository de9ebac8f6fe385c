import { contactLinks } from './contact-links.ts';
import { firstGiven, given } from './given.ts';
import type { Lead } from './lead.ts';
import { ownerKey } from './owner-key.ts';
import { ownerOf } from './owner-of.ts';
import { phoneLinks } from './phone.ts';
import type { SourceWords } from './source.ts';
import { type FollowUpStatus, statusIn } from './statuses.ts';

/** For whom leads are shown, and in whose words. */
export interface Viewer {
  statuses: FollowUpStatus[];
  fallbackOwner: string;
  /** The keys of all names that the person goes by. */
  ownKeys: ReadonlySet<string>;
  wordsFrom: (source: string) => SourceWords | undefined;
}

export type LeadView = ReturnType<typeof leadView>;

/** How the person behind a lead is called and reached, as far as anybody said; what the vendor says now before what was looked up once. */
export const knownOf = ({ facts, looked }: Pick<Lead, 'facts' | 'looked'>) => ({
  name: firstGiven(facts.display_name, looked?.display_name),
  email: firstGiven(facts.lead_email, looked?.lead_email),
  phone: firstGiven(facts.phone, looked?.phone),
  statusLabel: firstGiven(facts.status_label, looked?.status_label),
});

/** A lead as a list shows it. */
export function leadView(lead: Lead, { statuses, fallbackOwner, ownKeys, wordsFrom }: Viewer) {
  const { facts } = lead;
  const { name, email, phone } = knownOf(lead);
  const words = wordsFrom(lead.source);
  const list = words?.list?.name === lead.list ? words?.list : undefined;
  const from = (...names: string[]) => firstGiven(...names.map((one) => facts.attribution?.[one]));
  const owner = ownerOf(lead, fallbackOwner);
  const key = owner === null ? null : ownerKey(lead.tenant, owner);
  return {
    id: lead.lead_id,
    name: name ?? list?.nameless ?? null,
    email,
    phone: phone === null ? null : phoneLinks(phone).shown,
    company: given(facts.company) ?? list?.companyless ?? null,
    created_at: facts.date_created ?? lead.receivedAt,
    received_at: lead.receivedAt,
    status: statusIn(statuses, lead.status),
    is_manual: lead.isManual ?? false,
    is_test: lead.isTest,
    is_deleted: Boolean(lead.deletedAt ?? lead.mergedInto),
    category: lead.category ?? ('pending' as const),
    source: lead.source,
    source_label: words?.label ?? lead.source,
    page: from('page', 'portal'),
    form: from('form'),
    ad: from('ad'),
    campaign: from('campaign'),
    list: lead.list ?? null,
    owner,
    owner_key: key,
    is_mine: key !== null && ownKeys.has(key),
    next_call: lead.nextCallDate ?? null,
    first_touch_at: lead.firstTouchAt ?? null,
    told_at: lead.toldAt ?? null,
    updated_at: lead.updatedAt ?? lead.receivedAt,
    version: lead.edits ?? 0,
    links: contactLinks({ phone, email }),
  };
}
