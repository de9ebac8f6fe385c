import { call } from '../api/call.ts';
import type { LeadFilter, LeadPage } from '../api/types.ts';
import { queryOf } from './view.ts';

interface Place {
  cursor?: string;
  limit?: number;
}

/** A page of a view, the first one unless a cursor says where it begins. */
export function readLeads(filter: LeadFilter, { cursor, limit }: Place, signal?: AbortSignal): Promise<LeadPage> {
  const params = new URLSearchParams(queryOf(filter));
  if (limit) params.set('limit', String(limit));
  if (cursor) params.set('cursor', cursor);
  const query = params.toString();
  return call<LeadPage>(`/leads${query && `?${query}`}`, signal ? { signal } : {});
}
