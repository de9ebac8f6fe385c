import type { Checkup } from '../../core/checkup.ts';

/** A new lead as Close posts it, without a person. */
export const lead: Checkup['lead'] = ({ number, now }) => {
  const leadId = `lead_${number}`;
  // Outside of `data` Close's times carry no zone.
  const at = new Date(now).toISOString().replace('Z', '000');
  const data = {
    id: leadId,
    display_name: 'Lead Relay doctor',
    status_label: 'Test',
    date_created: `${at}+00:00`,
    date_updated: `${at}+00:00`,
  };
  const event = {
    id: `ev_${number}`,
    date_created: at,
    date_updated: at,
    object_type: 'lead',
    object_id: leadId,
    lead_id: leadId,
    action: 'created',
    data,
  };
  return { leadId, body: Buffer.from(JSON.stringify({ lead_relay: { test: true }, event })) };
};
