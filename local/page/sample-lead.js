const people = [
  'Zoë Müller',
  'Amir Haddad',
  'Ngozi Okafor',
  'Tomás Vidal',
  'Mei-Ling Chen',
  'Saoirse O’Neill',
  'Jonas Lindqvist',
];
const labels = ['Potential', 'Qualified', 'Bad Fit'];

/** Posts a new lead of Close, signed with the tenant's key as Close signs. */
export async function sendSampleLead({ closeKey }) {
  const name = pick(people);
  const body = JSON.stringify(leadCreated(`lead_${letters(43)}`, name, pick(labels)));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const response = await fetch('/webhooks/close', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'close-sig-hash': await sign(closeKey, timestamp + body),
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

/** The lower-case hex HMAC-SHA256 of a text under a key in hex. */
async function sign(hexKey, text) {
  const bytes = Uint8Array.from(hexKey.match(/../g), (pair) => parseInt(pair, 16));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const pick = (list) => list[Math.floor(Math.random() * list.length)];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const letters = (count) =>
  Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => alphabet[byte % alphabet.length]).join('');
