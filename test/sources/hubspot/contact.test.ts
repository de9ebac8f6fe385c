import { describe, expect, it } from '@jest/globals';
import type { Account } from '../../../lambdas/core/account.ts';
import { join, nobodyYet } from '../../../lambdas/core/contact.ts';
import { Broken, Gone } from '../../../lambdas/core/failures.ts';
import { LeadFacts } from '../../../lambdas/core/lead.ts';
import { factsOf } from '../../../lambdas/sources/hubspot/contact.ts';
import { understand } from '../../../lambdas/sources/hubspot/record.ts';

const portal: Account = { source: 'hubspot', id: '48120733', tenant: 'north', name: 'North portal', country: 'DE' };
const at = Date.parse('2026-03-05T13:30:00.000Z');
const contactWith = (properties: Record<string, string>) =>
  join(nobodyYet, { at, by: 'a', properties, life: { state: 'created' } });
const facts = (properties: Record<string, string>, fields: Parameters<typeof factsOf>[2] = { names: {} }) =>
  factsOf(contactWith(properties), portal, fields);

describe('a contact as a lead', () => {
  it('says all that people want to know', () => {
    const { facts: said, ownerId } = facts(
      {
        firstname: 'Zoë',
        lastname: 'Müller',
        email: 'zoe@example.org',
        phone: '030 901820',
        company: 'Acme',
        lifecyclestage: 'lead',
        hs_lead_status: 'OPEN',
        hubspot_owner_id: '77120045',
        createdate: '2026-03-05T13:29:00.123Z',
        hs_analytics_source: 'PAID_SOCIAL',
        recent_conversion_event_name: 'Demo: Spring form',
        utm_source: 'newsletter',
        utm_medium: 'email',
        utm_campaign: 'spring',
        message: 'Call me',
        team_size: '11-50',
        first_plan: 'Gold',
        noise: 'x',
      },
      { funnel: 'first_plan', names: { team_size: 'Team size', first_plan: 'Plan' } },
    );
    expect(ownerId).toBe('77120045');
    expect(said).toEqual({
      display_name: 'Zoë Müller',
      status_label: 'OPEN',
      lifecycle_stage: 'lead',
      date_created: '2026-03-05T13:29:00.123Z',
      lead_email: 'zoe@example.org',
      phone: '+4930901820',
      company: 'Acme',
      funnel: 'Gold',
      utm: { source: 'newsletter', medium: 'email', campaign: 'spring' },
      attribution: {
        portal: 'North portal',
        portal_id: '48120733',
        form: 'Demo: Spring form',
        original_source: 'PAID_SOCIAL',
      },
      answers: [
        { question: 'Message', answer: 'Call me' },
        { question: 'Team size', answer: '11-50' },
      ],
    });
    expect(() => LeadFacts.parse(said)).not.toThrow();
  });

  it('of which nothing is known says so, and when it was made', () => {
    expect(facts({})).toMatchObject({
      ownerId: null,
      facts: {
        display_name: null,
        lead_email: null,
        phone: null,
        utm: null,
        answers: [],
        date_created: '2026-03-05T13:30:00.000Z',
      },
    });
  });

  it('has the stage of its life for a label where it has no other, and work’s address and mobile number where there are no better', () => {
    const { facts: said } = facts({
      lifecyclestage: 'customer',
      work_email: 'w@example.org',
      mobilephone: '+49 171 3920015',
    });
    expect(said).toMatchObject({ status_label: 'customer', lead_email: 'w@example.org', phone: '+491713920015' });
  });

  it('has the date of an event, which is in milliseconds, as well as that of a record', () => {
    expect(facts({ createdate: '1772717340123' }).facts.date_created).toBe('2026-03-05T13:29:00.123Z');
    expect(facts({ createdate: 'banana' }).facts.date_created).toBe('2026-03-05T13:30:00.000Z');
  });
});

describe('a record', () => {
  const event = {
    id: 'e',
    type: 'contact.creation',
    occurredAt: '2026-03-05T13:29:00.000Z',
    effect: 'new_lead',
    leadId: '48120733_90817263541',
  } as const;
  const record = (change: object) =>
    understand(
      {
        body: JSON.stringify({
          id: '90817263541',
          properties: {},
          updatedAt: '2026-03-05T13:30:00.500Z',
          archived: false,
          ...change,
        }),
        names: {},
      },
      event,
      portal,
    );

  it('is one word on the contact as of when it was last changed, and what is null in it says nothing', () => {
    expect(record({ properties: { email: 'a@b.c', phone: null, firstname: '' } })).toEqual({
      change: { at: at + 500, by: '', properties: { email: 'a@b.c', firstname: '' } },
      isTest: false,
    });
  });

  it('of another contact is that which this one was merged into', () => {
    expect(() => record({ id: '2' })).toThrow(Gone);
    expect(record({ id: 90817263541 })).toMatchObject({ change: { properties: {} } });
  });

  it('without a time is as of its last modification, else of the event; without an id it is the answer to this contact’s address', () => {
    const lastmodifieddate = '2026-03-05T13:31:00.000Z';
    expect(record({ updatedAt: undefined, properties: { lastmodifieddate } })).toMatchObject({
      change: { at: at + 60_000 },
    });
    expect(record({ updatedAt: 'soon' })).toMatchObject({ change: { at: at - 60_000 } });
    expect(record({ id: undefined })).toMatchObject({ change: { at: at + 500 } });
  });

  it('without properties is broken', () => expect(() => record({ properties: null })).toThrow(Broken));

  it('that is no JSON is broken', () =>
    expect(() => understand({ body: '<html>', names: {} }, event, portal)).toThrow(Broken));
});
