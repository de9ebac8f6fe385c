import { hex, hmac } from './hmac.js';
import { addressOf, companies, digits, person, pick } from './made-up.js';

/** A form is one page's. */
const formOf = (page) => ({ id: `${page}3`, name: 'Solar roof: free estimate' });
const ad = {
  ad_id: '120212669955550254',
  ad_name: 'Roof at sunrise, 15 s',
  adset_id: '120212669955540254',
  adset_name: 'House owners, 30 km',
  campaign_id: '120212669955530254',
  campaign_name: 'Solar autumn',
};

/** Puts a filled-in form where the Graph API is read, and posts its delivery, signed with the app secret as Meta signs. */
export async function sendMetaLead({ metaPages: [page] }, { appSecret }) {
  const [id, name, seconds] = [digits(16), person(), Math.floor(Date.now() / 1000)];
  const form = formOf(page);
  await answerOfGraph(form.id, form);
  await answerOfGraph(id, record(id, name, seconds, page));
  const body = JSON.stringify(delivery(id, page, seconds));
  const signature = hex(await hmac(new TextEncoder().encode(appSecret), body));
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  const response = await fetch('/webhooks/meta', { method: 'POST', body, headers });
  return { name, status: response.status };
}

async function answerOfGraph(path, json) {
  await fetch(`/local/vendors/graph/${path}`, { method: 'PUT', body: JSON.stringify({ json }) });
}

/** What Meta sends: ids, and nothing that a person typed. */
const delivery = (leadgenId, page, seconds) => ({
  object: 'page',
  entry: [
    {
      id: page,
      time: seconds,
      changes: [
        {
          field: 'leadgen',
          value: {
            leadgen_id: leadgenId,
            page_id: page,
            form_id: formOf(page).id,
            adgroup_id: ad.adset_id,
            ad_id: ad.ad_id,
            created_time: seconds,
          },
        },
      ],
    },
  ],
});

/** What the Graph API answers, and by which page the stand-in lists it. */
function record(id, name, seconds, page) {
  const answers = {
    full_name: name,
    email: addressOf(name),
    phone_number: `+4930${digits(8)}`,
    company_name: pick(companies),
    'what_is_your_monthly_electricity_bill?': pick(['under 100', '100 – 200', 'over 200']),
    'when_would_you_like_to_start?': pick(['at once', 'within three months', 'I am only looking']),
  };
  return {
    id,
    page_id: page,
    created_time: new Date(seconds * 1000).toISOString().replace('.000Z', '+0000'),
    form_id: formOf(page).id,
    ...ad,
    is_organic: false,
    platform: pick(['fb', 'ig']),
    field_data: Object.entries(answers).map(([field, value]) => ({ name: field, values: [value] })),
  };
}
