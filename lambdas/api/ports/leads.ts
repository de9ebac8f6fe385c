import { counting } from '../../aws/counting.ts';
import { isErased } from '../../aws/erased-table.ts';
import { findLeads, saveTerms } from '../../aws/find-table.ts';
import { addLead, editLead, saveAction } from '../../aws/lead-edits.ts';
import { changesAfter, leadsBefore, leadsByIds } from '../../aws/lead-list.ts';
import { historyOf, recordsOf } from '../../aws/lead-rows.ts';
import { leadNow, markQueued } from '../../aws/lead-table.ts';
import { listsOf } from '../../aws/list-table.ts';
import { namesOf, ownerNamesOf, usersOf } from '../../aws/owner-table.ts';
import { personOf } from '../../aws/person-table.ts';
import { send, sendAll } from '../../aws/queue.ts';
import type { Reconsider } from '../../core/capture-message.ts';
import { wordsFrom } from '../../sources/registry.ts';
import type { EditPorts } from '../edit-lead.ts';
import type { ApiEnv } from '../env.ts';
import type { LeadsPorts } from '../routes/leads.ts';
import type { ListsPorts } from '../routes/lists.ts';
import type { TracePorts } from '../show-trace.ts';
import { mePorts } from './me.ts';

const at = () => new Date().toISOString();

/** Leads in the table, for people. */
export const leadPorts = (env: ApiEnv) => {
  const { TABLE_NAME } = env;
  const count = counting({ table: TABLE_NAME, timeZones: env.TIME_ZONES, fallbackOwner: env.FALLBACK_OWNER });
  const reconsider = (messages: Reconsider[]) => sendAll(env.CAPTURE_BULK_QUEUE_URL, messages);
  return {
    ...mePorts(env),
    now: Date.now,
    fallbackOwner: env.FALLBACK_OWNER,
    wordsFrom,
    namesOf: ({ tenant, id }) => namesOf(TABLE_NAME, tenant, id),
    usersOf: (tenant) => usersOf(TABLE_NAME, tenant),
    ownerNamesOf: (tenant) => ownerNamesOf(TABLE_NAME, tenant),
    listsOf: (tenant) => listsOf(TABLE_NAME, tenant),
    leadsBefore: (tenant, within, most) => leadsBefore(TABLE_NAME, tenant, within, most),
    changesAfter: (tenant, after, most) => changesAfter(TABLE_NAME, tenant, after, most),
    findLeads: (tenant, prefix, most) => findLeads(TABLE_NAME, tenant, prefix, most),
    leadsByIds: (tenant, ids) => leadsByIds(TABLE_NAME, tenant, ids),
    personOf: (tenant, identifier) => personOf(TABLE_NAME, tenant, identifier),
    historyOf: (lead) => historyOf(TABLE_NAME, lead),
    recordsOf: (lead) => recordsOf(TABLE_NAME, lead),
    leadNow: (lead) => leadNow(TABLE_NAME, lead),
    editLead: (lead, edit, action) => editLead(TABLE_NAME, lead, edit, action),
    saveAction: (lead, action) => saveAction(TABLE_NAME, lead, action),
    isErased: (lead) => isErased(TABLE_NAME, lead),
    addLead: async (lead) => {
      const added = await addLead(TABLE_NAME, lead);
      const kept = added ?? (await leadNow(TABLE_NAME, lead));
      if (kept) await saveTerms(TABLE_NAME, kept);
      return added;
    },
    markQueued: (lead) => markQueued(TABLE_NAME, lead, at()),
    startWait: (message) => send(env.OWNER_QUEUE_URL, message, Date.now()),
    reconsider,
    // What a person did is done; what can't be counted now is counted by `capture`, which considers and counts the lead anew.
    count: ({ tenant, lead_id }) =>
      count({ tenant, lead_id }).catch(() =>
        reconsider([{ v: 1, reconsider: { tenant, lead_id }, by: `counted ${lead_id}` }]),
      ),
  } satisfies LeadsPorts & EditPorts & TracePorts & ListsPorts;
};
