import * as z from 'zod';
import { isoUtc } from '../core/dates.ts';
import { given } from '../core/given.ts';
import { isUsableId } from '../core/id.ts';
import type { Lead } from '../core/lead.ts';
import type { OwnerAnswer, OwnerDirectory } from '../core/owner.ts';

const Entry = z.object({ lead_id: z.string() }).loose();

export interface LookupPorts {
  /** The text of an object; `undefined` where there is none or it is too large to be one of ours. Throws where the bucket itself fails. */
  read: (key: string) => Promise<string | undefined>;
  /** Called for each lookup, since many misses in a row mean that it is the bucket that is wrong. */
  found: (lead: Lead, hit: boolean) => Promise<void>;
}

/** A bucket with one object `{lead_id}.json` a lead, which another system writes once the CRM has given it an owner. */
export const lookupBucket = ({ read, found }: LookupPorts): OwnerDirectory => ({
  id: 'lookup',
  async lookUp(lead) {
    const { lead_id } = lead;
    const text = isUsableId(lead_id) ? await read(`${lead_id}.json`) : undefined;
    const answer = text === undefined ? undefined : parse(text, lead_id);
    await found(lead, answer !== undefined);
    return answer;
  },
});

/** What anybody may have written there: an object of another lead, or of no lead at all, counts as none. */
function parse(text: string, leadId: string): OwnerAnswer | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  const entry = Entry.safeParse(content).data;
  if (entry?.lead_id !== leadId) return undefined;
  return {
    lead_owner: given(entry['lead_owner']),
    lead_email: given(entry['lead_email']),
    funnel: given(entry['funnel']),
    display_name: given(entry['display_name']),
    status_label: given(entry['status_label']),
    date_created: isoUtc(entry['date_created']),
  };
}
