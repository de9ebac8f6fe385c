import type { SourceEvent } from '../../core/event.ts';
import { given } from '../../core/given.ts';
import type { VendorAccess, VendorApi, VendorRecord } from '../../core/hydration.ts';
import { isUsableId } from '../../core/id.ts';
import { jsonIn } from '../../core/json.ts';
import { call, failureOf, GraphError } from './graph-call.ts';

const basic = ['id', 'created_time', 'form_id', 'field_data', 'custom_disclaimer_responses', 'is_organic', 'platform'];
/** These need a right to the ads beside that to the leads; a lead without the names of its ads is still a lead. */
const ofAds = ['ad_id', 'ad_name', 'adset_id', 'adset_name', 'campaign_id', 'campaign_name'];

/** Reads a lead, and the name of its form, with the page's token (https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving). */
export async function read({ leadId, record }: SourceEvent, api: VendorApi): Promise<VendorRecord> {
  const body = record ?? (await leadAnswer(leadId ?? '', api));
  const form = given((jsonIn(body) as { form_id?: unknown } | undefined)?.form_id);
  const name = form && !record ? await api.remembered(`form ${form}`, () => nameOf(form, api)) : null;
  return { body, names: name ? { form: name } : {} };
}

async function leadAnswer(leadId: string, api: VendorApi): Promise<string> {
  try {
    return await get(leadId, [...basic, ...ofAds], api);
  } catch (error) {
    const isField = error instanceof GraphError && (error.isPermission || error.isParameter);
    if (!isField) throw failureOf(error);
  }
  return get(leadId, basic, api).catch((error: unknown) => {
    throw failureOf(error);
  });
}

/** The name of a form; none where it can't be read: only the lead itself decides what becomes of it. */
async function nameOf(form: string, api: VendorApi): Promise<string | null> {
  if (!isUsableId(form)) return null;
  try {
    return given((jsonIn(await get(form, ['name'], api)) as { name?: unknown } | undefined)?.name);
  } catch (error) {
    if (error instanceof GraphError) return null;
    throw error;
  }
}

const get = (id: string, fields: string[], api: VendorAccess) => call(id, { fields: fields.join(',') }, api);
