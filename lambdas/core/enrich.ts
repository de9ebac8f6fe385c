import { firstGiven, given } from './given.ts';
import type { EnrichedLead, Lead } from './lead.ts';
import { type OwnerAnswer, ownerAmong } from './owner.ts';

/**
 * Joins what the source said with what the owner directories know. Name, label and date come from the event, e-mail, owner
 * and funnel from the directories, each else from the other; of several directories the first that knows a thing is believed.
 */
export function enrich(lead: Lead, known: OwnerAnswer[], at: { now: string; fallbackOwner: string }): EnrichedLead {
  const { facts } = lead;
  const owner = ownerAmong(known);
  const looked = (key: keyof OwnerAnswer) => firstGiven(...known.map((answer) => answer[key]));
  return {
    schema_version: 1,
    lead_id: lead.lead_id,
    source: lead.source,
    tenant: lead.tenant,
    // Whose lead it is only memory knows.
    category: 'pending',
    seen_before: null,
    list: lead.list ?? null,
    display_name: facts.display_name ?? looked('display_name'),
    // A row of the release before this one has none.
    lifecycle_stage: facts.lifecycle_stage ?? null,
    date_created: facts.date_created ?? looked('date_created'),
    status_label: facts.status_label ?? looked('status_label'),
    lead_email: looked('lead_email') ?? facts.lead_email,
    lead_owner: given(owner?.lead_owner) ?? at.fallbackOwner,
    lead_owner_email: given(owner?.lead_owner_email),
    funnel: looked('funnel') ?? facts.funnel,
    phone: looked('phone') ?? facts.phone,
    company: looked('company') ?? facts.company,
    utm: facts.utm,
    attribution: facts.attribution,
    answers: facts.answers,
    received_at: lead.receivedAt,
    enriched_at: at.now,
    raw_key: lead.rawKey,
    is_test: lead.isTest,
  };
}
