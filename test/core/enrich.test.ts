import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { enrich } from '../../lambdas/core/enrich.ts';
import { given } from '../../lambdas/core/given.ts';
import { EnrichedLead, type LeadFacts } from '../../lambdas/core/lead.ts';
import type { OwnerAnswer } from '../../lambdas/core/owner.ts';
import { fullFacts, lead, noFacts } from '../fixtures/lead.ts';

const at = { now: '2026-03-05T13:40:02.000Z', fallbackOwner: 'Unassigned' };
const known: OwnerAnswer = {
  display_name: 'From the lookup',
  status_label: 'Label of the lookup',
  date_created: '2020-01-01T00:00:00.000Z',
  lead_email: 'lookup@example.org',
  lead_owner: 'Grace Hopper',
  lead_owner_email: 'grace@example.com',
  funnel: 'Funnel of the lookup',
  phone: '+4930901820',
  company: 'Company of the lookup',
};

it('joins what the source said with what the directory knows', () => {
  expect(enrich(lead, [known], at)).toEqual({
    schema_version: 1,
    lead_id: 'lead_Zq3',
    source: 'close',
    tenant: 'north',
    category: 'pending',
    seen_before: null,
    list: null,
    display_name: 'Zoë Müller',
    lifecycle_stage: null,
    date_created: '2026-03-05T13:30:00.000Z',
    status_label: 'Potential',
    lead_email: 'lookup@example.org',
    lead_owner: 'Grace Hopper',
    lead_owner_email: 'grace@example.com',
    funnel: 'Funnel of the lookup',
    phone: '+4930901820',
    company: 'Company of the lookup',
    utm: { source: 'newsletter' },
    attribution: { platform: 'Instagram', form: 'Spring form', campaign: 'Spring campaign' },
    answers: [
      { question: 'Budget', answer: '150k-250k' },
      { question: 'Start', answer: 'soon' },
    ],
    received_at: '2026-03-05T13:30:01.000Z',
    enriched_at: '2026-03-05T13:40:02.000Z',
    raw_key: 'source/crm_event_lead_Zq3.json',
    is_test: false,
  });
});

it('says which list of its tenant a lead is in', () => {
  expect(enrich({ ...lead, list: 'Meta Ads Leads' }, [], at).list).toBe('Meta Ads Leads');
});

it('says at which stage of its life a contact is, and nothing of a lead that was kept before there were such stages', () => {
  expect(enrich({ ...lead, facts: { ...fullFacts, lifecycle_stage: 'customer' } }, [], at).lifecycle_stage).toBe(
    'customer',
  );
  const { lifecycle_stage: _, ...before } = fullFacts;
  expect(enrich({ ...lead, facts: before as LeadFacts }, [], at).lifecycle_stage).toBeNull();
});

describe('who is believed', () => {
  it.each(['display_name', 'status_label', 'date_created'] as const)(
    'the event for %s, then the directory',
    (field) => {
      expect(enrich(lead, [known], at)[field]).toBe(fullFacts[field]);
      expect(enrich({ ...lead, facts: noFacts }, [known], at)[field]).toBe(known[field]);
      expect(enrich({ ...lead, facts: noFacts }, [], at)[field]).toBeNull();
    },
  );

  it.each(['lead_email', 'funnel', 'phone', 'company'] as const)('the directory for %s, then the event', (field) => {
    expect(enrich(lead, [known], at)[field]).toBe(known[field]);
    expect(enrich(lead, [], at)[field]).toBe(fullFacts[field]);
    expect(enrich({ ...lead, facts: noFacts }, [], at)[field]).toBeNull();
  });

  it('the first directory that knows a thing, and for the owner’s address the one that names the owner', () => {
    const second = { lead_owner: 'Somebody else', lead_owner_email: 'else@example.com', phone: '+14155550199' };
    const { lead_owner, lead_owner_email, phone } = enrich(
      lead,
      [{ lead_owner: 'Grace Hopper', phone: null }, second],
      at,
    );
    expect({ lead_owner, lead_owner_email, phone }).toEqual({
      lead_owner: 'Grace Hopper',
      lead_owner_email: null,
      phone: '+14155550199',
    });
  });
});

it.each(['None', '', '  ', null])('%j in a directory is nothing known', (nothing) => {
  const { lead_owner, lead_email, funnel } = enrich(
    lead,
    [{ lead_owner: nothing, lead_email: nothing, funnel: nothing }],
    at,
  );
  expect({ lead_owner, lead_email, funnel }).toEqual({
    lead_owner: 'Unassigned',
    lead_email: 'zoe@example.org',
    funnel: 'Webinar',
  });
});

it('makes what the public schema accepts, whatever the vendor and the directories say', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('None', '', ' ')).map(given);
  const time = fc.option(
    fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2099-01-01') }).map((date) => date.toISOString()),
  );
  const named = fc.option(fc.dictionary(fc.string(), fc.string()));
  const facts = fc.record({
    display_name: text,
    status_label: text,
    lifecycle_stage: text,
    date_created: time,
    lead_email: text,
    phone: text,
    company: text,
    funnel: text,
    utm: named,
    attribution: named,
    answers: fc.array(fc.record({ question: text, answer: text.map((answer) => answer ?? 'yes') })),
  });
  const answer = fc.record(
    { lead_owner: text, lead_owner_email: text, lead_email: text, funnel: text, phone: text, date_created: time },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(facts, fc.array(answer), (said, answers) => {
      expect(() => EnrichedLead.parse(enrich({ ...lead, facts: said }, answers, at))).not.toThrow();
    }),
  );
});
