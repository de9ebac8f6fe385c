import type { LeadPage, LeadRow } from '../../lambdas/api/schemas/lead.ts';

/** A lead as the API lists it. */
export const row = (id: string, minute: number, changes: Partial<LeadRow> = {}): LeadRow => ({
  id,
  name: `Lead ${id}`,
  email: null,
  phone: null,
  company: null,
  created_at: at(minute),
  received_at: at(minute),
  status: 'new',
  is_manual: false,
  is_test: false,
  is_deleted: false,
  category: 'pending',
  source: 'close',
  source_label: 'Close',
  page: null,
  form: null,
  ad: null,
  campaign: null,
  list: null,
  owner: null,
  owner_key: null,
  is_mine: false,
  next_call: null,
  first_touch_at: null,
  told_at: null,
  updated_at: at(minute),
  version: 0,
  links: { phone: null, whatsapp: null, email: null },
  ...changes,
});

/** 14 May 2026, noon and this many minutes. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 4, 14, 12, minute)).toISOString();

export const page = (data: LeadRow[], rest: Partial<LeadPage> = {}): LeadPage => ({
  success: true,
  data,
  count: data.length,
  cursor: null,
  since: 's',
  more: false,
  reached: null,
  ...rest,
});
