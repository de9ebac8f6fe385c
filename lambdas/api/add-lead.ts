import type * as z from 'zod';
import type { Reconsider } from '../core/capture-message.ts';
import { given } from '../core/given.ts';
import type { AddedLead, Lead, LeadAction } from '../core/lead.ts';
import { manual, manualIdOf } from '../core/manual.ts';
import type { OwnerMessage } from '../core/owner-message.ts';
import { internationalPhone } from '../core/phone.ts';
import { dayIn } from '../core/when.ts';
import type { Actor } from './actor.ts';
import { Failed } from './failed.ts';
import type { LeadDetail, NewLead } from './schemas/lead.ts';
import { showLead, type ShowPorts } from './show-lead.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

export interface AddPorts extends ShowPorts {
  timeZoneOf: (tenant: string) => string;
  leadNow: (lead: Id) => Promise<Lead | undefined>;
  isErased: (lead: Pick<Lead, 'tenant' | 'source' | 'lead_id'>) => Promise<boolean>;
  /** Keeps it, and has it found; `undefined` where it is there already. */
  addLead: (lead: AddedLead) => Promise<Lead | undefined>;
  saveAction: (lead: Id, action: LeadAction) => Promise<void>;
  /** Has people told of it by `process`, like of any other. */
  startWait: (message: OwnerMessage) => Promise<void>;
  markQueued: (lead: Lead) => Promise<unknown>;
  /** Has `capture` consider whose lead it is. */
  reconsider: (messages: Reconsider[]) => Promise<void>;
  count: (lead: Id) => Promise<unknown>;
}

/**
 * Keeps a lead that a person added, and has people told of it if they want that. The same key again is the same lead; what was left
 * undone by a try that was cut off is done then.
 */
export async function addLead(
  actor: Actor,
  asked: z.output<typeof NewLead>,
  ports: AddPorts,
): Promise<{ isNew: boolean; lead: LeadDetail }> {
  const id = { tenant: actor.tenant, lead_id: manualIdOf(asked.key) };
  if (await ports.isErased({ ...id, source: manual.id })) throw new Failed('refused', 'this lead was erased');
  const added = await ports.addLead(leadOf(actor, asked, new Date(ports.now()).toISOString(), ports));
  const lead = added ?? (await ports.leadNow(id));
  if (!lead) throw new Failed('unavailable', 'it went away meanwhile');
  const by = `added ${id.lead_id}`;
  if (lead.lastAction) await ports.saveAction(id, lead.lastAction);
  if (!lead.queuedAt && !lead.toldAt && !lead.silentAt) {
    await ports.startWait({ v: 1, ...id, source: manual.id, notBefore: lead.dueAt });
    await ports.markQueued(lead);
  }
  // Until somebody did, it has no category.
  if (lead.category === undefined) await ports.reconsider([{ v: 1, reconsider: id, by }]);
  await ports.count(id);
  return { isNew: added !== undefined, lead: await showLead(actor, id.lead_id, ports) };
}

function leadOf(actor: Actor, asked: z.output<typeof NewLead>, at: string, ports: AddPorts): AddedLead {
  const { tenant } = actor;
  const lead_id = manualIdOf(asked.key);
  const phone = given(asked.phone);
  return {
    tenant,
    lead_id,
    source: manual.id,
    facts: {
      display_name: given(asked.name),
      status_label: null,
      lifecycle_stage: null,
      date_created: null,
      lead_email: given(asked.email),
      phone: phone && internationalPhone(phone),
      company: given(asked.company),
      funnel: null,
      utm: null,
      attribution: null,
      answers: [],
    },
    receivedAt: at,
    // No delivery tells of it; nothing else has this name.
    rawKey: `source/${lead_id}.json`,
    status: 'new',
    nextCallDate: dayIn(Date.parse(at), ports.timeZoneOf(tenant)),
    ...(asked.notes && { notes: asked.notes }),
    lastAction: { version: 1, at, by: { id: actor.id, name: actor.name }, kind: 'added', changes: [] },
    isToBeTold: asked.alert,
  };
}
