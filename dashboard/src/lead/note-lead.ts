import type { QueryClient } from '@tanstack/react-query';
import type { LeadDetail } from '../api/types.ts';
import { applyChanges } from '../live/apply-changes.ts';
import { noteOwn } from '../live/announce.tsx';
import type { Tenant } from '../live/fits.ts';
import { leadKey } from './lead-query.ts';

/** Shows a lead everywhere as the server answered it after a change of ours. */
export function noteLead(client: QueryClient, lead: LeadDetail, tenant: Tenant): void {
  noteOwn(lead.id);
  client.setQueryData(leadKey(lead.id), lead);
  applyChanges(client, [lead], tenant);
}
