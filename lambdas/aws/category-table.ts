import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CategoryChange, Lead } from '../core/lead.ts';
import { keyOf, table, unlessConditionFails } from './table.ts';
import { updateLead } from './update-lead.ts';

type Id = Pick<Lead, 'tenant' | 'lead_id'>;

/** Gives the lead its next category; `undefined` where another change came first. */
export const changeCategory = (tableName: string, lead: Lead, change: CategoryChange, at: string) => {
  const { version, category } = change;
  const isFirst = version === 1;
  return updateLead(tableName, lead, at, {
    set: { category, categoryVersion: version, ...(isFirst && { announcements: { [version]: change } }) },
    ...(!isFirst && { entry: { map: 'announcements', key: String(version), value: change } }),
    condition: isFirst ? 'attribute_not_exists(categoryVersion)' : `categoryVersion = :before`,
    ...(!isFirst && { before: version - 1 }),
  });
};

/** Takes the right to announce a change of category whose lease is over; false where somebody took it, or announced it. */
export async function leaseAnnouncement(
  tableName: string,
  { tenant, lead_id }: Id,
  { version, leasedUntil }: CategoryChange,
  until: number,
): Promise<boolean> {
  const leased = await unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.lead(tenant, lead_id),
        UpdateExpression: 'SET announcements.#version.leasedUntil = :until',
        ConditionExpression: 'announcements.#version.leasedUntil = :before',
        ExpressionAttributeNames: { '#version': String(version) },
        ExpressionAttributeValues: { ':until': until, ':before': leasedUntil },
      }),
    ),
  );
  return leased !== undefined;
}

/** Notes that the topic has this change of category, and since when. */
export const markAnnounced = (tableName: string, { tenant, lead_id }: Id, version: number, at: string) =>
  unlessConditionFails(
    table.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keyOf.lead(tenant, lead_id),
        UpdateExpression: 'SET announced = :announced REMOVE announcements.#version',
        ConditionExpression: 'attribute_exists(announcements.#version)',
        ExpressionAttributeNames: { '#version': String(version) },
        ExpressionAttributeValues: { ':announced': { version, at } },
      }),
    ),
  );
