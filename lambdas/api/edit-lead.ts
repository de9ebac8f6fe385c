import type * as z from 'zod';
import type { Lead, LeadAction, LeadEdit } from '../core/lead.ts';
import { ownerOf } from '../core/owner-of.ts';
import { statusIn } from '../core/statuses.ts';
import { type Actor, includes } from './actor.ts';
import { Failed, notFound } from './failed.ts';
import type { LeadChange, LeadDetail, Touch } from './schemas/lead.ts';
import { showLead, type ShowPorts } from './show-lead.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

export interface EditPorts extends ShowPorts {
  leadNow: (lead: Id) => Promise<Lead | undefined>;
  /** Makes the change and notes its action, at once; `undefined` where the lead has another version by now. */
  editLead: (lead: Id, edit: LeadEdit, action: LeadAction) => Promise<Lead | undefined>;
  /** Keeps an action for good. */
  saveAction: (lead: Id, action: LeadAction) => Promise<void>;
  /** Counts the lead as what it is now. */
  count: (lead: Id) => Promise<unknown>;
}

/** More people than this who were faster, each of them, are no coincidence. */
const MOST_TRIES = 100;
const TOO_MANY = 'too many people are at it, try again';

/** Changes what a person wrote, on top of the version that they saw: what another one wrote meanwhile is a conflict, a click on Called is none. */
export async function changeLead(actor: Actor, id: string, change: LeadChange, ports: EditPorts): Promise<LeadDetail> {
  if (change.owner !== undefined && !includes(actor.role, 'manager'))
    throw new Failed('not_allowed', 'the owner is changed by managers and admins');
  const statuses = await ports.statusesOf(actor.tenant);
  if (change.status !== undefined && !statuses.some(({ key }) => key === change.status))
    throw new Failed('bad_request', 'status: is none of your team');
  const conflict = async () => {
    // It may be one's own change, whose answer got lost and which nobody counted.
    await ports.count({ tenant: actor.tenant, lead_id: id });
    return new Failed('conflict', 'somebody changed it meanwhile', await showLead(actor, id, ports));
  };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const lead = await leadOf(actor, id, ports);
    if (!(await isAsSeen(lead, change.version, ports))) throw await conflict();
    const { edit, changes } = editOf(change, lead, statusIn(statuses, lead.status), ports.fallbackOwner);
    const isDone = changes.length === 0 || (await edited(actor, lead, edit, { kind: 'changed', changes }, ports));
    if (isDone) return showLead(actor, id, ports);
  }
  throw new Failed('unavailable', TOO_MANY);
}

/** One click that counts as a touch, on top of whatever version there is. */
export async function touchLead(
  actor: Actor,
  id: string,
  { kind: how }: z.infer<typeof Touch>,
  ports: EditPorts,
): Promise<LeadDetail> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const lead = await leadOf(actor, id, ports);
    const at = new Date(ports.now()).toISOString();
    const edit = { set: { lastTouchAt: at }, once: { firstTouchAt: at } };
    const changes = [{ what: 'touch', to: how }];
    if (await edited(actor, lead, edit, { kind: 'touched', changes }, ports)) return showLead(actor, id, ports);
  }
  throw new Failed('unavailable', TOO_MANY);
}

async function leadOf({ tenant }: Actor, id: string, ports: EditPorts): Promise<Lead> {
  const lead = await ports.leadNow({ tenant, lead_id: id });
  if (!lead) throw notFound('lead');
  return lead;
}

/** Whether nobody changed since what can be changed. */
async function isAsSeen(lead: Lead, version: number, ports: EditPorts): Promise<boolean> {
  const now = lead.edits ?? 0;
  if (now <= version) return now === version;
  const history = await ports.historyOf(lead);
  const since = history?.actions.filter((action) => action.version > version) ?? [];
  return since.length >= now - version && since.every(({ kind }) => kind === 'touched');
}

/** The action of the edit before is kept first, so that none is lost where its own writer died; false where somebody was faster. */
async function edited(
  actor: Actor,
  lead: Lead,
  edit: LeadEdit,
  what: Pick<LeadAction, 'kind' | 'changes'>,
  ports: EditPorts,
): Promise<boolean> {
  if (lead.lastAction) await ports.saveAction(lead, lead.lastAction);
  const at = new Date(ports.now()).toISOString();
  const by = { id: actor.id, name: actor.name };
  const action = { version: (lead.edits ?? 0) + 1, at, by, ...what };
  if (!(await ports.editLead(lead, edit, action))) return false;
  await ports.saveAction(lead, action);
  await ports.count(lead);
  return true;
}

/** What differs from what is there, and how that is told. */
function editOf(change: LeadChange, lead: Lead, status: string, fallbackOwner: string) {
  const edit: Required<Omit<LeadEdit, 'once'>> = { set: {}, remove: [] };
  const changes: LeadAction['changes'] = [];
  if (change.status !== undefined && change.status !== status) {
    edit.set.status = change.status;
    changes.push({ what: 'status', from: status, to: change.status });
  }
  const { next_call } = change;
  const before = lead.nextCallDate ?? null;
  if (next_call !== undefined && next_call !== before) {
    if (next_call === null) edit.remove.push('nextCallDate');
    else edit.set.nextCallDate = next_call;
    changes.push({ what: 'next_call', from: before, to: next_call });
  }
  const notes = change.notes === '' ? null : change.notes;
  if (notes !== undefined && notes !== (lead.notes ?? null)) {
    if (notes === null) edit.remove.push('notes');
    else edit.set.notes = notes;
    changes.push({ what: 'notes', ...(notes === null && { to: null }) });
  }
  const { owner } = change;
  if (owner !== undefined && owner !== (lead.assigned?.name ?? null)) {
    if (owner === null) edit.remove.push('assigned');
    else edit.set.assigned = { name: owner };
    changes.push({ what: 'owner', from: ownerOf(lead, fallbackOwner), to: owner });
  }
  return { edit, changes };
}
