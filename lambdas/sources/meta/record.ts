import * as z from 'zod';
import type { Account } from '../../core/account.ts';
import { isoUtc } from '../../core/dates.ts';
import type { SourceEvent } from '../../core/event.ts';
import { Broken } from '../../core/failures.ts';
import { firstGiven, given } from '../../core/given.ts';
import type { Hydrated, VendorRecord } from '../../core/hydration.ts';
import { parseJson } from '../../core/json.ts';
import type { Answer } from '../../core/lead.ts';
import { internationalPhone } from '../../core/phone.ts';

/** A field's answers are in `values`; older answers have a single `value`. */
const Field = z.object({
  name: z.unknown().optional(),
  values: z.unknown().optional(),
  value: z.unknown().optional(),
});
const Disclaimer = z.object({ checkbox_key: z.unknown().optional(), is_checked: z.unknown().optional() });
const Lead = z
  .object({
    field_data: z.array(Field.nullable().catch(null)).catch([]),
    custom_disclaimer_responses: z.array(Disclaimer.nullable().catch(null)).catch([]),
  })
  .loose();

/** What the Graph API says of a lead. What people answered is in `field_data`, with names in any case and in the form's language. */
export function understand({ body, names }: VendorRecord, event: SourceEvent, account: Account): Hydrated {
  const lead = Lead.parse(objectIn(body));
  const id = given(lead['id']);
  if (id !== null && id !== event.leadId) throw new Broken('the answer is about another lead');
  const fields = fieldsOf(lead);
  const known = knownIn(fields);
  const used = new Set(Object.values(known).flat());
  const rest = fields.filter((field) => !used.has(field));
  const [phone] = known.phone;
  const attribution = attributionOf(lead, names, account);
  return {
    facts: {
      display_name: joined(known.name),
      status_label: null,
      lifecycle_stage: null,
      date_created: isoUtc(lead['created_time']) ?? event.occurredAt ?? null,
      lead_email: joined(known.email),
      phone: phone ? internationalPhone(phone.text, account.country) : null,
      company: joined(known.company),
      funnel: null,
      utm: record(known.utm.map(({ name, text }) => ({ name: name.slice('utm_'.length), text }))),
      attribution: record(Object.entries(attribution).map(([name, value]) => ({ name, text: given(value) ?? '' }))),
      answers: [
        ...rest.map(({ name, text: answer }): Answer => ({ question: name || null, answer })),
        ...disclaimersOf(lead),
      ],
    },
    isTest: (event.isTest ?? false) || fields.some(isDummy),
  };
}

const joined = (taken: FieldText[]) => given(taken.map(({ text }) => text).join(' '));

interface FieldText {
  /** In lower case, as fields are known by; empty where a field has none. */
  name: string;
  text: string;
}

/** The fields that say something. */
const fieldsOf = ({ field_data }: z.infer<typeof Lead>): FieldText[] =>
  field_data.flatMap((field) => {
    const text = [field?.values, field?.value].map(textOf).find((one) => one !== '');
    return text === undefined ? [] : [{ name: given(field?.name)?.toLowerCase() ?? '', text }];
  });

const textOf = (values: unknown): string =>
  [values]
    .flat()
    .map(given)
    .filter((value) => value !== null)
    .join(', ');

/** The fields that a lead is known by; each by the first of these that was answered. */
function knownIn(fields: FieldText[]) {
  const named = (...names: string[]) =>
    names.flatMap((name) => fields.find((field) => field.name === name) ?? []).slice(0, 1);
  const whole = named('full_name', 'name');
  return {
    name: whole.length > 0 ? whole : [...named('first_name'), ...named('last_name')],
    email: named('email', 'work_email'),
    phone: named('phone_number', 'phone', 'work_phone_number'),
    company: named('company_name', 'company'),
    utm: fields.filter((field, index) => isUtm(field) && fields.findIndex(({ name }) => name === field.name) === index),
  };
}

const isUtm = ({ name }: FieldText) => /^utm_[a-z]+$/.test(name);

/** What Meta's testing tool fills in (https://developers.facebook.com/docs/marketing-api/guides/lead-ads/testing-troubleshooting). */
const isDummy = ({ text }: FieldText) =>
  /^<test lead: dummy data for /i.test(text) || /^test@(fb|meta)\.com$/i.test(text);

/** Where the lead comes from; what is 0 or empty is not known. */
function attributionOf(lead: z.infer<typeof Lead>, names: Record<string, string>, { id, name }: Account) {
  const organic = lead['is_organic'];
  const idOf = (key: string) => (given(lead[key]) === '0' ? null : lead[key]);
  return {
    platform: lead['platform'],
    page: name,
    page_id: id,
    form: firstGiven(names['form'], lead['form_name']),
    form_id: idOf('form_id'),
    ad: lead['ad_name'],
    ad_id: idOf('ad_id'),
    adset: lead['adset_name'],
    adset_id: idOf('adset_id'),
    campaign: lead['campaign_name'],
    campaign_id: idOf('campaign_id'),
    is_organic: typeof organic === 'boolean' ? String(organic) : null,
  };
}

const disclaimersOf = ({ custom_disclaimer_responses }: z.infer<typeof Lead>): Answer[] =>
  custom_disclaimer_responses
    .filter((disclaimer) => disclaimer !== null)
    .map(({ checkbox_key, is_checked }) => {
      const isChecked = is_checked === true || /^(1|true)$/.test(given(is_checked) ?? '');
      return { question: given(checkbox_key), answer: isChecked ? 'yes' : 'no' };
    });

/** A record of what is given; `null` where nothing is. */
function record(fields: FieldText[]): Record<string, string> | null {
  const said = fields.filter(({ text }) => text !== '').map(({ name, text }) => [name, text]);
  return said.length > 0 ? (Object.fromEntries(said) as Record<string, string>) : null;
}

function objectIn(body: string): unknown {
  try {
    const content = parseJson(Buffer.from(body));
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  } catch {
    // Said below.
  }
  throw new Broken('the record is not JSON');
}
