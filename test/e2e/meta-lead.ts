import { createHmac, randomInt } from 'node:crypto';
import { MARKER } from './close-lead.ts';
import type { LocalRun } from './local-run.ts';

export interface MetaLead {
  id: string;
  page: string;
  name: string;
  /** What the Graph API answers. */
  record: Record<string, unknown> & { field_data: { name: string; values: string[] }[] };
}

const digits = (count: number) => `1${Array.from({ length: count - 1 }, () => String(randomInt(10))).join('')}`;

/** A lead of a page, with every kind of answer; `fields` are further questions. */
export function metaLead(page: string, fields: { name: string; values: string[] }[] = []): MetaLead {
  const id = digits(17);
  const name = `Zoë ${MARKER} Müller`;
  const record = {
    id,
    created_time: new Date().toISOString().replace(/\.\d+Z$/, '+0000'),
    form_id: '793235552669212',
    ad_id: '120212669955550254',
    ad_name: 'Spring ad',
    campaign_name: 'Spring campaign',
    is_organic: false,
    platform: 'ig',
    field_data: [
      { name: 'FULL_NAME', values: [name] },
      { name: 'email', values: [`zoe@${MARKER}.example.org`] },
      { name: 'phone_number', values: ['+49 30 901820'] },
      { name: 'company_name', values: [`${MARKER} GmbH`] },
      { name: 'what_is_your_budget?', values: [`${MARKER} 150k`, 'more'] },
      ...fields,
    ],
  };
  return { id, page, name, record };
}

/** Lets the stand-in for the Graph API know of a lead. */
export const atGraph = (run: LocalRun, { id, record }: MetaLead) => run.vendor('graph', id, { json: record });

/** A delivery of these leads, an entry for each page, in Meta's spelling. */
export function deliveryOf(leads: Pick<MetaLead, 'id' | 'page'>[], more: object[] = []): string {
  const time = Math.floor(Date.now() / 1000);
  const change = ({ id, page }: Pick<MetaLead, 'id' | 'page'>) => ({
    field: 'leadgen',
    value: { leadgen_id: id, page_id: page, form_id: '793235552669212', created_time: time },
  });
  const pages = [...new Set(leads.map(({ page }) => page))];
  const entry = pages.map((page) => ({
    id: page,
    time,
    changes: [...leads.filter((lead) => lead.page === page).map(change), ...more],
  }));
  return JSON.stringify({ object: 'page', entry });
}

/** The headers with which Meta signs a body. */
export const metaSigned = (body: string, appSecret: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`,
});

export const postDelivery = (run: LocalRun, body: string, path = '/webhooks/meta'): Promise<Response> =>
  run.post(path, body, metaSigned(body, run.settings.secrets.meta.appSecret));

/** The page of a tenant. */
export const pageOf = (run: LocalRun, tenant: string): string =>
  run.settings.tenants.find((one) => one.tenant === tenant)?.metaPages[0] ?? '';
