import { hex, hmac } from './hmac.js';
import { letters, person, pick } from './made-up.js';

const labels = ['Potential', 'Qualified', 'Bad Fit'];

/** Posts a new lead of Close, signed with the tenant's key as Close signs. */
export async function sendCloseLead({ closeKey }) {
  const name = person();
  const body = JSON.stringify(leadCreated(`lead_${letters(43)}`, name, pick(labels)));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Uint8Array.from(closeKey.match(/../g), (pair) => parseInt(pair, 16));
  const response = await fetch('/webhooks/close', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'close-sig-hash': hex(await hmac(key, timestamp + body)),
      'close-sig-timestamp': timestamp,
    },
  });
  return { name, status: response.status };
}

function leadCreated(id, name, label) {
  const now = new Date().toISOString().replace('Z', '000');
  return {
    subscription_id: 'whsub_local',
    event: {
      id: `ev_${letters(22)}`,
      date_created: now,
      date_updated: now,
      organization_id: 'orga_local',
      object_type: 'lead',
      object_id: id,
      lead_id: id,
      action: 'created',
      changed_fields: [],
      meta: {},
      data: {
        id,
        name,
        display_name: name,
        status_label: label,
        contact_ids: [],
        date_created: `${now}+00:00`,
        date_updated: `${now}+00:00`,
      },
      previous_data: {},
    },
  };
}
