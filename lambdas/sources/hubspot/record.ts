import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { isoUtc } from '../../core/dates.ts';
import type { SourceEvent } from '../../core/event.ts';
import { Broken, Gone } from '../../core/failures.ts';
import { firstGiven } from '../../core/given.ts';
import type { Hydrated, VendorRecord } from '../../core/hydration.ts';
import { leadIdOf } from './lead-id.ts';

const Record = z.object({
  id: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()),
  updatedAt: z.unknown().optional(),
});

/** What HubSpot's record says of a contact, as of when it was last changed there, else of the event that had it read. What is null in it says nothing. */
export function understand({ body }: VendorRecord, event: SourceEvent, account: Account): Hydrated {
  const { data } = Record.safeParse(contentOf(body));
  if (!data) throw new Broken('the record is no contact');
  const id = firstGiven(data.id);
  // HubSpot answers for a contact that was merged with the one that it went into.
  if (id !== null && leadIdOf(account.id, id) !== event.leadId) throw new Gone(`merged into ${id}`);
  const changedAt = isoUtc(data.updatedAt) ?? isoUtc(data.properties['lastmodifieddate']) ?? event.occurredAt;
  const said = Object.entries(data.properties).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    change: { at: Date.parse(changedAt ?? '') || 0, by: '', properties: Object.fromEntries(said) },
    isTest: event.isTest ?? false,
  };
}

function contentOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Broken('the record is not JSON');
  }
}
