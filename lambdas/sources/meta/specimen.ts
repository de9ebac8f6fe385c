import type { Checkup } from '../../core/checkup.ts';

/** A new lead of a page as Meta posts it, with the answers that the Graph API would give of one. */
export const lead: Checkup['lead'] = ({ number: leadId, account: page, now }) => {
  const seconds = Math.floor(now / 1000);
  const record = {
    id: leadId,
    created_time: new Date(now).toISOString().replace(/\.\d+Z$/, '+0000'),
    field_data: [{ name: 'full_name', values: ['Lead Relay doctor'] }],
  };
  const value = { leadgen_id: leadId, page_id: page, created_time: seconds, lead_relay: { test: true, record } };
  const entry = [{ id: page, time: seconds, changes: [{ field: 'leadgen', value }] }];
  return { leadId, body: Buffer.from(JSON.stringify({ object: 'page', entry })) };
};
