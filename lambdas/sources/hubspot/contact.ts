import type { Account } from '../../core/account.ts';
import { type Contact, valueOf } from '../../core/contact.ts';
import { firstGiven, given } from '../../core/given.ts';
import type { ContactFacts } from '../../core/hydration.ts';
import type { Answer } from '../../core/lead.ts';
import { internationalPhone } from '../../core/phone.ts';
import type { FieldNames } from '../../core/source.ts';
import { timeOf } from './time.ts';

/** What a contact says as a lead. Its status is the lead's, else the stage of its life; what people gave no name to stays in the contact. */
export function factsOf(contact: Contact, account: Account, fields: FieldNames): ContactFacts {
  const of = (...names: string[]) => firstGiven(...names.map((name) => valueOf(contact, name)));
  const name = given([of('firstname'), of('lastname')].filter(Boolean).join(' '));
  const phone = of('phone', 'mobilephone');
  const stage = of('lifecyclestage');
  return {
    ownerId: of('hubspot_owner_id'),
    facts: {
      display_name: name,
      status_label: of('hs_lead_status') ?? stage,
      lifecycle_stage: stage,
      date_created: timeOf(of('createdate')) ?? createdIn(contact),
      lead_email: of('email', 'work_email'),
      phone: phone && internationalPhone(phone, account.country),
      company: of('company'),
      funnel: fields.funnel ? of(fields.funnel) : null,
      utm: utmOf(contact),
      attribution: recordOf({
        portal: account.name,
        portal_id: account.id,
        form: of('recent_conversion_event_name'),
        original_source: of('hs_analytics_source'),
      }),
      answers: answersOf(contact, fields),
    },
  };
}

/** What people gave a name to, and what the contact wrote. */
function answersOf(contact: Contact, { names, funnel }: FieldNames): Answer[] {
  const asked = { message: 'Message', ...names };
  return Object.entries(asked).flatMap(([property, question]) => {
    const answer = given(valueOf(contact, property));
    return answer === null || property === funnel ? [] : [{ question: given(question), answer }];
  });
}

const createdIn = ({ life }: Contact) => (life?.state === 'created' ? new Date(life.at).toISOString() : null);

const utmOf = (contact: Contact) =>
  recordOf(
    Object.fromEntries(
      Object.keys(contact.properties)
        .filter((name) => /^utm_[a-z]+$/.test(name))
        .map((name) => [name.slice('utm_'.length), valueOf(contact, name)]),
    ),
  );

/** A record of what is given; `null` where nothing is. */
function recordOf(values: Record<string, unknown>): Record<string, string> | null {
  const said = Object.entries(values).flatMap(([name, value]) => {
    const text = given(value);
    return text === null ? [] : [[name, text] as const];
  });
  return said.length > 0 ? Object.fromEntries(said) : null;
}
