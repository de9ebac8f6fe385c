import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { digestId, type DigestPlace } from '../core/digest.ts';
import type { Lead } from '../core/lead.ts';
import type { Pause } from '../core/rescue.ts';
import { keyOf, table, unlessConditionFails } from './table.ts';

/** Notes on a lead, or on the record of a digest, that it waits, or that it was given up. Nothing of a lead that is not there (any more). */
export async function notePause(
  tableName: string,
  whom: Pick<Lead, 'tenant' | 'lead_id'> | DigestPlace,
  pause: Pause,
): Promise<void> {
  const isLead = 'lead_id' in whom;
  const Key = isLead ? keyOf.lead(whom.tenant, whom.lead_id) : keyOf.channel(whom.tenant, digestId(whom), whom.channel);
  const noted = Object.entries(pause).filter(([, value]) => value !== undefined);
  const update = new UpdateCommand({
    TableName: tableName,
    Key,
    UpdateExpression: `SET ${noted.map(([name]) => `${name} = :${name}`).join(', ')}`,
    ...(isLead && { ConditionExpression: 'attribute_exists(receivedAt)' }),
    ExpressionAttributeValues: Object.fromEntries(noted.map(([name, value]) => [`:${name}`, value])),
  });
  await unlessConditionFails(table.send(update));
}
