import { randomInt } from 'node:crypto';
import type { Account } from '../../lambdas/core/account.ts';
import { people, pick } from '../sample-people.ts';
import { answersTo, type FormField } from './answers.ts';

/** A lead that Meta might send, and what the Graph API says of it. */
export interface MetaLead {
  id: string;
  name: string;
  page: Account;
  form: { id: string; name: string };
  /** The ad that brought it; an organic lead has none. */
  ad: typeof ad | undefined;
  created: Date;
  record: Record<string, unknown>;
}

/** New leads of these pages in turns, each of another person; every fourth is organic. */
export function metaLeads(pages: [Account, ...Account[]], count: number): MetaLead[] {
  const first = randomInt(people.length);
  return Array.from({ length: count }, (_, index) => {
    const person = pick(people, first + index);
    const [id, page, created] = [digits(16), pick(pages, index), new Date()];
    const form = formOf(page, index);
    const by = index % 4 === 3 ? undefined : ad;
    const record = recordOf({
      id,
      page,
      form,
      created,
      by,
      platform: pick(platforms, index),
      fields: answersTo(person, index),
    });
    return { id, name: person[0], page, form, ad: by, created, record };
  });
}

interface RecordParts {
  id: string;
  page: Account;
  form: MetaLead['form'];
  created: Date;
  by: MetaLead['ad'];
  platform: string;
  fields: FormField[];
}

/** As the Graph API answers, and by which page the stand-in lists it. Its times have an offset without a colon. */
const recordOf = ({ id, page, form, created, by, platform, fields }: RecordParts) => ({
  id,
  page_id: page.id,
  created_time: created.toISOString().replace(/\.\d+Z$/, '+0000'),
  ...by,
  form_id: form.id,
  field_data: fields,
  is_organic: by === undefined,
  platform,
});

const platforms = ['fb', 'ig'];

const forms = ['Spring offer / demo for teams', 'Rückruf gewünscht'];

/** A form is one page's. */
const formOf = (page: Account, index: number) => ({
  id: `${page.id}${1 + (index % forms.length)}`,
  name: pick(forms, index),
});

const ad = {
  ad_id: '120212669955550254',
  ad_name: 'Video 15 s, team of three',
  adset_id: '120212669955550251',
  adset_name: 'DACH, 30 to 55',
  campaign_id: '120212669955550250',
  campaign_name: 'Spring 2026',
};

/** An id as Meta makes them. */
const digits = (count: number) =>
  Array.from({ length: count }, (_, index) => String(index === 0 ? randomInt(1, 10) : randomInt(10))).join('');
