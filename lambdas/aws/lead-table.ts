import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ChannelRecord } from '../core/channel.ts';
import type { Captured, EnrichedLead, Lead, Looked, Lookup } from '../core/lead.ts';
import { identifiersOf } from '../core/person.ts';
import { termsOf } from '../core/search-terms.ts';
import { isSynthetic } from '../core/synthetic.ts';
import { saveFirstTerms, saveTerms } from './find-table.ts';
import { rowNow } from './rows.ts';
import { keyOf, table } from './table.ts';
import { type Change, updateLead } from './update-lead.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/**
 * Writes what an event says of a lead, unless the row knows something newer, and returns the row. A lead's times, raw key and
 * due time are those of the first write; it stands among those due until it is told, or nobody wants to be, and never again. One
 * that a quiet replay brought back gets its turn when its own delivery does.
 */
export async function saveLead(
  tableName: string,
  { tenant, lead_id, source, facts, asOf, contact, created, again }: Captured,
  at: string,
): Promise<Lead> {
  const persons = personsOf(tenant, facts);
  const isListed = !isSynthetic(lead_id);
  const said = { source, facts, asOf, ...contact };
  const first = created && {
    ...created,
    capturedAt: at,
    // What the doctor made up is in no list.
    ...(isListed && { GSI1PK: `${tenant}#LEADS`, GSI1SK: `${created.receivedAt}#${lead_id}` }),
  };
  const once = first && { ...first, GSI3PK: `${tenant}#DUE`, GSI3SK: `${first.dueAt}#${lead_id}` };
  const isNewer = '(attribute_not_exists(#asOf) OR #asOf <= :asOf)';
  const isOpen = 'attribute_not_exists(toldAt) AND attribute_not_exists(silentAt)';
  const isNew = 'attribute_not_exists(receivedAt)';
  const silent = { silentAt: at, silentBy: again?.job };
  const known: Change[] = [{ set: said, persons, condition: isNewer }, { set: { source } }];
  const asNew: Change[] = once
    ? [
        { set: said, once, persons, condition: `${isNewer} AND ${isOpen}` },
        { set: { source }, once, condition: isOpen },
      ]
    : [];
  const asSilent: Change[] = first
    ? [
        { set: { ...said, ...silent }, once: first, persons, condition: `${isNewer} AND ${isNew}` },
        { set: { source, ...silent }, once: first, condition: isNew },
      ]
    : [];
  const asToCome: Change[] = once
    ? [{ set: { source }, once, remove: ['silentAt', 'silentBy'], condition: isToCome }]
    : [];
  const changes: Change[] = again
    ? [...(again.how === 'quiet' ? asSilent : asNew), ...known]
    : once
      ? [...asNew, ...asToCome, { set: { source } }]
      : known;
  for (const change of changes) {
    const row = await updateLead(tableName, { tenant, lead_id }, at, change);
    if (!row) continue;
    // A contact that never was a lead is in no list, and is not searched.
    if (row.receivedAt === undefined || !isListed) return row;
    const isFirst = once !== undefined && row.capturedAt === at;
    await (isFirst ? saveFirstTerms(tableName, row, () => leadNow(tableName, row)) : saveTerms(tableName, row));
    return row;
  }
  throw new Error('an update without a condition can not fail on one');
}

/** Only a replay has worked through the delivery that brought the lead: its own turn is still to come. */
const isToCome =
  'attribute_exists(silentBy) AND rawKey = :rawKey AND attribute_not_exists(queuedAt) AND attribute_not_exists(toldAt)';

/** Notes that the vendor deleted the lead; what was known of it stays. */
export const markDeleted = (tableName: string, id: Id, deletedAt: string, at: string) =>
  updateLead(tableName, id, at, { set: { deletedAt } });

/** Notes that the lead is in its wait. */
export const markQueued = (tableName: string, lead: Lead, at: string) =>
  updateLead(tableName, lead, at, { set: { queuedAt: at }, unseen: true });

/** Notes what is known of the lead now, and who said what. It goes before what is remembered of its person, so that every trace of that can be found. */
export async function markLookedUp(tableName: string, lead: EnrichedLead, lookups: Lookup[], at: string) {
  const { display_name, status_label, lead_email, phone, lead_owner } = lead;
  const looked: Looked = { display_name, status_label, lead_email, phone, lead_owner };
  const change = { set: { lookedUpAt: at, looked, lookups }, persons: personsOf(lead.tenant, lead) };
  const row = await updateLead(tableName, lead, at, change);
  const isSearched = row?.receivedAt !== undefined && !isSynthetic(lead.lead_id);
  // Usually it is found by what its source said already, which \`saveLead\` saw to.
  if (isSearched && String(termsOf(row)) !== String(termsOf({ facts: row.facts }))) await saveTerms(tableName, row);
  return row;
}

/** Notes who said what of a lead that waits for one of them. */
export const noteLookups = (tableName: string, lead: Lead, lookups: Lookup[], at: string) =>
  updateLead(tableName, lead, at, { set: { lookups }, unseen: true });

export const markEnriched = (tableName: string, lead: Lead, at: string) =>
  updateLead(tableName, lead, at, { set: { enrichedAt: at } });

const personsOf = (tenant: string, facts: Parameters<typeof identifiersOf>[0]) =>
  identifiersOf(facts).map((identifier) => keyOf.person(tenant, identifier));

/** Notes that people were told; the lead is no longer due. */
export const markTold = (tableName: string, lead: Id, at: string) =>
  updateLead(tableName, lead, at, { set: { toldAt: at }, remove: ['GSI3PK', 'GSI3SK'] });

/** Notes that nobody wants to be told of the lead; it is no longer due. */
export const markSilent = (tableName: string, lead: Id, at: string) =>
  updateLead(tableName, lead, at, { set: { silentAt: at }, remove: ['GSI3PK', 'GSI3SK'] });

/** A lead as of this moment; `undefined` where there is none. */
export async function leadNow(tableName: string, { tenant, lead_id }: Id): Promise<Lead | undefined> {
  const row = await rowNow(tableName, keyOf.lead(tenant, lead_id));
  return row?.['receivedAt'] === undefined ? undefined : (row as unknown as Lead);
}

/** A lead with what was told of it on each channel, in one read; `undefined` where there is none. */
export async function leadOf(
  tableName: string,
  { tenant, lead_id }: Id,
): Promise<{ lead: Lead; channels: ChannelRecord[] } | undefined> {
  const { PK, SK } = keyOf.lead(tenant, lead_id);
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'PK = :pk AND begins_with(SK, :sk)',
      ExpressionAttributeValues: { ':pk': PK, ':sk': SK },
      ConsistentRead: true,
    }),
  );
  const lead = Items.find((item) => item['SK'] === SK);
  if (!lead?.['receivedAt']) return undefined;
  return {
    lead: lead as unknown as Lead,
    channels: Items.filter((item) => item !== lead) as unknown as ChannelRecord[],
  };
}
