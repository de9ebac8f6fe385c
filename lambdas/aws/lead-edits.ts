import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AddedLead, Lead, LeadAction, LeadEdit } from '../core/lead.ts';
import { identifiersOf } from '../core/person.ts';
import { keyOf, ROW_VERSION, table } from './table.ts';
import { updateLead } from './update-lead.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** Changes a lead with the action that says so, as one write; `undefined` where somebody else changed it since, or it is gone. */
export function editLead(tableName: string, id: Id, { set, once = {}, remove = [] }: LeadEdit, action: LeadAction) {
  const before = action.version - 1;
  return updateLead(tableName, id, action.at, {
    set: { ...set, edits: action.version, lastAction: action },
    once,
    remove,
    condition: `attribute_exists(receivedAt) AND ${before === 0 ? 'attribute_not_exists(edits)' : 'edits = :before'}`,
    ...(before > 0 && { before }),
  });
}

/** Keeps an action for good; the same again changes nothing. */
export async function saveAction(tableName: string, { tenant, lead_id }: Id, action: LeadAction): Promise<void> {
  const Item = { ...keyOf.action(tenant, lead_id, action.version), v: ROW_VERSION, tenant, lead_id, ...action };
  await table.send(new PutCommand({ TableName: tableName, Item }));
}

/** Keeps a lead that a person added; `undefined` where it is there already. It is due at once, or people are never told of it. */
export function addLead(tableName: string, { isToBeTold, ...lead }: AddedLead): Promise<Lead | undefined> {
  const { tenant, lead_id, receivedAt: at, facts, lastAction, notes, ...rest } = lead;
  return updateLead(tableName, lead, at, {
    set: {
      ...rest,
      facts,
      receivedAt: at,
      lastAction,
      asOf: at,
      dueAt: at,
      capturedAt: at,
      isTest: false,
      isManual: true,
      edits: lastAction.version,
      ...(notes !== undefined && { notes }),
      GSI1PK: `${tenant}#LEADS`,
      GSI1SK: `${at}#${lead_id}`,
      ...(isToBeTold ? { GSI3PK: `${tenant}#DUE`, GSI3SK: `${at}#${lead_id}` } : { silentAt: at }),
    },
    persons: identifiersOf(facts).map((identifier) => keyOf.person(tenant, identifier)),
    condition: 'attribute_not_exists(PK)',
  });
}
