import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Broken, Rejected } from '../../../lambdas/core/failures.ts';
import { events, nameOf } from '../../../lambdas/sources/close/payload.ts';

type Json = Record<string, unknown>;
type Envelope = { event: Json & { data: Json } } & Json;

const delivery = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../fixtures/close/deliveries/${name}.json`, import.meta.url), 'utf8'),
  ) as Envelope;
const created = delivery('lead-created');
const bytes = (content: unknown) => Buffer.from(JSON.stringify(content));
const fields = { funnel: 'cf_funnel', names: { cf_budget: 'Budget', cf_start: 'Start', cf_empty: '' } };

/** `lead.created` with other values in the event, and in its data. */
const body = (event: Json = {}, data: Json = {}) =>
  bytes({ ...created, event: { ...created.event, ...event, data: { ...created.event.data, ...data } } });
const eventOf = (of: Buffer) => events(of, fields)[0];
const factsOf = (data: Json) => eventOf(body({}, data))?.facts;

describe('the name of a delivery', () => {
  it.each([
    ['lead-created', 'crm_event_lead_Zq3.json'],
    ['lead-updated', 'crm_event_lead_Zq3_ev_updated.json'],
    ['lead-merged', 'crm_event_lead_Zq3_ev_merged.json'],
    ['lead-deleted', 'crm_event_lead_Zq3_ev_deleted.json'],
    ['opportunity-updated', 'crm_event_lead_Zq3_ev_oppo.json'],
    ['task-created', 'crm_event_lead_Zq3_ev_task.json'],
    ['user-updated-without-lead', 'crm_event_stat_Wa6_ev_nolead.json'],
  ])('of %s is %s', (name, expected) => expect(nameOf(bytes(delivery(name)))).toBe(expected));

  it('is the same for a repeat with another event id and at another time', () => {
    expect(nameOf(body({ id: 'ev_again', date_created: '2026-03-06T00:00:01.000000' }))).toBe(
      'crm_event_lead_Zq3.json',
    );
  });

  it.each([
    ['../../etc/passwd'],
    ['lead_Zq3/../x'],
    ['lead%2FZq3'],
    ['lead Zq3'],
    ['lead_Zq3\n'],
    ['lead_é'],
    ['\u0000'],
    ['x'.repeat(129)],
    [''],
  ])('is refused for the lead id %j', (id) => {
    expect(() => nameOf(body({ lead_id: id }))).toThrow(new Rejected(400, 'no usable lead_id'));
  });

  it('is refused where neither lead nor object has an id', () => {
    expect(() => nameOf(body({ lead_id: null, object_id: null }))).toThrow('no usable lead_id');
    expect(() => nameOf(body({ lead_id: undefined, object_id: undefined }))).toThrow('no usable lead_id');
  });

  it.each([[{}], [{ action: 'updated' }]])('is refused for an event id that could leave the folder: %j', (event) => {
    expect(() => nameOf(body({ ...event, id: '../ev' }))).toThrow(new Rejected(400, 'no usable event id'));
  });

  it.each([
    ['without an event', { subscription_id: 'whsub_Vx8' }],
    ['with an event that is a list', { event: [] }],
    ['of Meta', { object: 'page', entry: [] }],
    ['of HubSpot', [{ eventId: 1, subscriptionType: 'contact.creation' }]],
    ['with an id that is a number', { event: { ...created.event, id: 12 } }],
    ['without an action', { event: { ...created.event, action: undefined } }],
    ['with a lead id that is an object', { event: { ...created.event, lead_id: { $gt: '' } } }],
    ['with data that is text', { event: { ...created.event, data: 'lead' } }],
  ])('is refused for a body %s', (_, content) => {
    expect(() => nameOf(bytes(content))).toThrow(new Rejected(400, 'not a Close event'));
  });
});

describe('what an event means', () => {
  it.each([
    ['lead-created', 'new_lead', 'lead.created', 'lead_Zq3'],
    ['lead-created-by-import', 'new_lead', 'lead.created', 'lead_Im7'],
    ['lead-updated', 'update', 'lead.updated', 'lead_Zq3'],
    ['lead-merged', 'update', 'lead.merged', 'lead_Zq3'],
    ['lead-deleted', 'deletion', 'lead.deleted', 'lead_Zq3'],
    ['opportunity-updated', 'none', 'opportunity.updated', 'lead_Zq3'],
    ['task-created', 'none', 'task.lead.created', 'lead_Zq3'],
    ['contact-created', 'none', 'contact.created', 'lead_Zq3'],
    ['user-updated-without-lead', 'none', 'status.lead.updated', undefined],
  ])('%s: %s', (name, effect, type, leadId) => {
    const [event, ...others] = events(bytes(delivery(name)), fields);
    expect(others).toEqual([]);
    expect({ effect: event?.effect, type: event?.type, leadId: event?.leadId }).toEqual({ effect, type, leadId });
  });

  it('is of its object where Close names no lead', () => {
    expect(eventOf(body({ lead_id: null }))).toMatchObject({ effect: 'new_lead', leadId: 'lead_Zq3' });
  });

  it('is found out from bytes that were stored, and can be broken', () => {
    expect(() => events(Buffer.from('not JSON'), fields)).toThrow(Broken);
    expect(() => events(bytes({ event: {} }), fields)).toThrow('not a Close event');
  });

  it.each([[undefined], [null], [{}]])('is nothing of a lead where an update has the data %j', (data) => {
    const { event } = delivery('lead-updated');
    const [told, ...others] = events(bytes({ event: { ...event, data } }), fields);
    expect(others).toEqual([]);
    expect(told).toEqual({
      id: 'ev_updated',
      type: 'lead.updated',
      leadId: 'lead_Zq3',
      occurredAt: '2026-03-05T14:00:00.100Z',
      effect: 'none',
    });
  });

  it('is a new lead also where its creation says nothing else', () => {
    expect(eventOf(bytes({ event: { ...created.event, data: undefined } }))).toMatchObject({
      effect: 'new_lead',
      leadId: 'lead_Zq3',
      facts: { display_name: null, date_created: '2026-03-05T13:30:00.478Z', answers: [] },
    });
  });

  it('is a test only where we marked it so', () => {
    expect(eventOf(body())?.isTest).toBe(false);
    expect(eventOf(bytes({ ...created, lead_relay: { test: true } }))?.isTest).toBe(true);
  });
});

describe('the times of an event', () => {
  it('have no zone and are UTC', () => {
    expect(eventOf(body())).toMatchObject({ occurredAt: '2026-03-05T13:30:00.478Z', asOf: '2026-03-05T13:30:00.477Z' });
  });

  it('say as of when its facts hold, from the lead, else from the event', () => {
    const { event } = delivery('lead-updated');
    expect(eventOf(bytes({ event }))?.asOf).toBe('2026-03-05T14:02:00.090Z');
    const { date_updated: _, ...data } = event.data;
    expect(eventOf(bytes({ event: { ...event, data } }))?.asOf).toBe('2026-03-05T14:02:00.100Z');
    expect(eventOf(bytes({ event: { ...event, data, date_updated: undefined } }))?.asOf).toBe(
      '2026-03-05T14:00:00.100Z',
    );
  });
});

describe('an event without a date', () => {
  const undated = { date_created: undefined, date_updated: 'soon' };

  it('is a new lead all the same, and whoever received it knows when', () => {
    const event = eventOf(body(undated, { date_created: undefined, date_updated: undefined }));
    expect(event).toMatchObject({
      effect: 'new_lead',
      leadId: 'lead_Zq3',
      facts: { display_name: 'Zoë Müller', date_created: null },
    });
    expect(event).not.toHaveProperty('occurredAt');
    expect(event).not.toHaveProperty('asOf');
  });

  it('holds as of when its lead was changed, where that is said', () => {
    const event = eventOf(body(undated));
    expect(event).not.toHaveProperty('occurredAt');
    expect(event?.asOf).toBe('2026-03-05T13:30:00.477Z');
  });

  it('is a deletion all the same', () => {
    const { event } = delivery('lead-deleted');
    expect(eventOf(bytes({ event: { ...event, ...undated } }))).toEqual({
      id: 'ev_deleted',
      type: 'lead.deleted',
      leadId: 'lead_Zq3',
      effect: 'deletion',
    });
  });
});

describe('what an event says of its lead', () => {
  it('is this', () => {
    expect(eventOf(body())?.facts).toEqual({
      display_name: 'Zoë Müller',
      status_label: 'Potential',
      lifecycle_stage: null,
      date_created: '2026-03-05T13:30:00.419Z',
      lead_email: null,
      phone: null,
      company: null,
      funnel: 'Webinar',
      utm: null,
      attribution: null,
      answers: [
        { question: 'Budget', answer: '150k-250k' },
        { question: 'Start', answer: 'As soon as possible' },
        { question: null, answer: '13074380' },
        { question: null, answer: '_______________________' },
        { question: null, answer: 'Mail, Phone' },
      ],
    });
  });

  it('is the name from wherever it stands', () => {
    expect(factsOf({ display_name: '', name: 'Olu Sample' })?.display_name).toBe('Olu Sample');
    expect(factsOf({ display_name: 'None', name: '' })?.display_name).toBeNull();
    expect(factsOf({ display_name: { first: 'Olu' }, name: ['Olu'] })?.display_name).toBeNull();
  });

  it('is the date of the event where the lead has none, for a new lead', () => {
    expect(factsOf({ date_created: undefined })?.date_created).toBe('2026-03-05T13:30:00.478Z');
    const { event } = delivery('lead-updated');
    const updated = { event: { ...event, data: { ...event.data, date_created: null } } };
    expect(eventOf(bytes(updated))?.facts?.date_created).toBeNull();
  });

  it('is no answer where a field says nothing', () => {
    expect(
      factsOf({
        'custom.cf_budget': '',
        'custom.cf_start': null,
        'custom.cf_number': [],
        'custom.cf_line': {},
        'custom.cf_choices': ['', null],
      })?.answers,
    ).toEqual([]);
  });

  it('is a number as text', () =>
    expect(factsOf({ 'custom.cf_budget': 250 })?.answers[0]).toEqual({ question: 'Budget', answer: '250' }));

  it('is an answer without a question where nobody named the field, or an object’s own name', () => {
    expect(factsOf({ 'custom.constructor': 'a', 'custom.__proto__': 'b', 'custom.cf_empty': 'c' })?.answers).toEqual(
      expect.arrayContaining([
        { question: null, answer: 'a' },
        { question: null, answer: 'b' },
        { question: null, answer: 'c' },
      ]),
    );
  });

  it('is no funnel where no setting names the field, which is then an answer', () => {
    const facts = events(body(), { names: {} })[0]?.facts;
    expect(facts?.funnel).toBeNull();
    expect(facts?.answers).toContainEqual({ question: null, answer: 'Webinar' });
  });
});
