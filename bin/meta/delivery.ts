import type { MetaLead } from './leads.ts';

/** A delivery with these leads, by page. A test's brings what people answered along, under the signature like the rest. */
export function metaDelivery(leads: MetaLead[], { isTest }: { isTest: boolean }): Buffer {
  const entry = [...Map.groupBy(leads, ({ page }) => page.id)].map(([id, ofPage]) => ({
    id,
    time: seconds(Date.now()),
    changes: ofPage.map((lead) => ({ value: valueOf(lead, isTest), field: 'leadgen' })),
  }));
  return Buffer.from(escapedJson({ entry, object: 'page' }));
}

/** Ids only; an organic lead has no ad. */
function valueOf({ id, page, form, ad, record, created }: MetaLead, isTest: boolean) {
  return {
    ...(ad && { adgroup_id: ad.ad_id, ad_id: ad.ad_id }),
    created_time: seconds(created.getTime()),
    leadgen_id: id,
    page_id: page.id,
    form_id: form.id,
    ...(isTest && { lead_relay: { test: true, record: { ...record, form_name: form.name } } }),
  };
}

const seconds = (time: number) => Math.floor(time / 1000);

/**
 * JSON as Meta writes and signs it: everything beyond ASCII escaped in lower-case hex, and `/` as `\/`. Whoever parses and writes it
 * again gets other bytes, and another signature.
 */
export const escapedJson = (value: object): string =>
  JSON.stringify(value)
    .replaceAll('/', String.raw`\/`)
    .replace(/[^\x20-\x7e]/g, (unit) => String.raw`\u` + unit.charCodeAt(0).toString(16).padStart(4, '0'));
