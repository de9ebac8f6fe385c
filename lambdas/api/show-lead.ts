import { given } from '../core/given.ts';
import { knownFacts } from '../core/known-facts.ts';
import type { Lead } from '../core/lead.ts';
import { knownOf, leadView, type Viewer } from '../core/lead-view.ts';
import { crmOwnerOf } from '../core/owner-of.ts';
import { identifiersOf, type Person } from '../core/person.ts';
import type { LeadHistory } from '../core/history.ts';
import { timelineOf } from '../core/timeline.ts';
import type { Actor } from './actor.ts';
import { notFound } from './failed.ts';
import type { LeadDetail } from './schemas/lead.ts';
import { viewerOf, type ViewerPorts } from './viewer.ts';

export interface ShowPorts extends ViewerPorts {
  now: () => number;
  /** A lead with everything that happened to it; `undefined` where there is none. */
  historyOf: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<LeadHistory | undefined>;
  personOf: (tenant: string, identifier: string) => Promise<Person>;
  leadsByIds: (tenant: string, ids: string[]) => Promise<Lead[]>;
}

/** Of the other leads of a person the newest are shown. */
const MOST_OTHERS = 20;

/** A lead with everything that is known of it, as of now. */
export async function showLead(actor: Actor, id: string, ports: ShowPorts): Promise<LeadDetail> {
  const [history, viewer] = await Promise.all([
    ports.historyOf({ tenant: actor.tenant, lead_id: id }),
    viewerOf(actor, ports),
  ]);
  if (!history) throw notFound('lead');
  return detailOf(history, await othersOf(history.lead, ports), viewer, ports.now());
}

/** Other leads of the same person, the newest first. */
async function othersOf(lead: Lead, { personOf, leadsByIds }: ShowPorts): Promise<Lead[]> {
  const { email: lead_email, phone } = knownOf(lead);
  const identifiers = identifiersOf({ lead_email, phone });
  const persons = await Promise.all(identifiers.map((identifier) => personOf(lead.tenant, identifier)));
  const seen = persons.flatMap(({ leads }) => leads).filter(({ lead_id }) => lead_id !== lead.lead_id);
  const newest = seen.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1)).map(({ lead_id }) => lead_id);
  const ids = [...new Set(newest)].slice(0, MOST_OTHERS);
  const others = ids.length > 0 ? await leadsByIds(lead.tenant, ids) : [];
  return others.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
}

function detailOf(history: LeadHistory, others: Lead[], viewer: Viewer, now: number): LeadDetail {
  const { lead, channels } = history;
  const { statuses, fallbackOwner, wordsFrom } = viewer;
  const words = wordsFrom(lead.source);
  const label = words?.label ?? lead.source;
  return {
    ...leadView(lead, viewer),
    notes: lead.notes ?? null,
    answers: lead.facts.answers,
    known: knownFacts(lead, words?.platforms),
    crm: {
      label,
      link: words?.linkTo?.(lead.lead_id) ?? null,
      status: given(knownOf(lead).statusLabel),
      owner: crmOwnerOf(lead, fallbackOwner),
    },
    same_person: others.map((other) => {
      const { id, name, received_at, source_label, owner, status } = leadView(other, viewer);
      return { id, name, received_at, source_label, owner, status };
    }),
    receipts: channels.map(({ channel, state, settledAt = null }) => ({
      channel,
      state: state === 'leased' ? ('waiting' as const) : state,
      at: settledAt,
    })),
    timeline: timelineOf(history, { now: new Date(now).toISOString(), label, fallbackOwner, statuses }),
  };
}
