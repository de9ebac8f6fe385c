import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Broken, Rejected } from '../../../lambdas/core/failures.ts';
import { isUsableId } from '../../../lambdas/core/id.ts';
import { events, nameOf, without } from '../../../lambdas/sources/meta/payload.ts';

type Json = Record<string, unknown>;

const delivery = (name: string) =>
  readFileSync(new URL(`../../fixtures/meta/deliveries/${name}.json`, import.meta.url));
const bytes = (content: unknown) => Buffer.from(JSON.stringify(content));
const digestOf = (body: Buffer) => createHash('sha256').update(body).digest('hex');

const page = '604180245791302';
const lead = { leadgen_id: '1480332907715264', page_id: page, form_id: '911420387765013', created_time: 1772717400 };
const change = (value: unknown, field: unknown = 'leadgen') => ({ field, value });
/** A delivery of one entry with these changes. */
const body = (changes: unknown, entry: Json = { id: page, time: 1772717402 }) =>
  bytes({ object: 'page', entry: [{ ...entry, changes }] });
/** The one event of a change with other values. */
const eventOf = (value: Json, entry?: Json) => {
  const [event, ...others] = events(body([change({ ...lead, ...value })], entry));
  expect(others).toEqual([]);
  return event;
};

describe('the name of a delivery', () => {
  it.each([
    ['lead-string-ids', 'meta_event_1480332907715264.json'],
    ['lead-numeric-ids', 'meta_event_330417765120.json'],
    ['lead-ids-beyond-2-53', 'meta_event_120212669955550254.json'],
    ['lead-organic', 'meta_event_77102938465.json'],
    ['lead-ad-ids-zero', 'meta_event_77102938466.json'],
    ['lead-escaped-unicode.raw', 'meta_event_1480332907715280.json'],
  ])('of one lead is its id: %s', (name, expected) => expect(nameOf(delivery(name))).toBe(expected));

  it.each([['batch-two-pages'], ['other-field-feed'], ['other-object-instagram'], ['messaging-without-changes']])(
    'of anything else is the digest of its bytes: %s',
    (name) => {
      expect(nameOf(delivery(name))).toBe(`meta_event_${digestOf(delivery(name))}.json`);
    },
  );

  it('is the same for a repeat of one lead at another time', () => {
    expect(nameOf(body([change({ ...lead, created_time: 1772799999 })], { id: page, time: 1772800000 }))).toBe(
      'meta_event_1480332907715264.json',
    );
  });

  it.each([['../../etc/passwd'], ['1/2'], ['1%2F2'], ['1 2'], ['1\n'], ['é'], ['\u0000'], ['1'.repeat(129)], ['']])(
    'is never made of an id that could be anything else: %j',
    (id) => {
      const tricky = body([change({ ...lead, leadgen_id: id })]);
      expect(nameOf(tricky)).toBe(`meta_event_${digestOf(tricky)}.json`);
    },
  );

  it.each([
    ['that is text', 'page'],
    ['that is a list', [{ object: 'page' }]],
    ['that is nothing', null],
    ['without an object', { entry: [] }],
    ['whose object is a number', { object: 1, entry: [] }],
    ['without entries', { object: 'page' }],
    ['whose entries are no list', { object: 'page', entry: { id: page } }],
    ['of Close', { subscription_id: 'whsub_1', event: { id: 'ev_1' } }],
    ['of HubSpot', [{ eventId: 1, subscriptionType: 'contact.creation' }]],
  ])('is refused for a body %s', (_, content) => {
    expect(() => nameOf(bytes(content))).toThrow(new Rejected(400, 'not a delivery of Meta'));
  });

  it('is refused for a body that is no JSON or nests too deep', () => {
    expect(() => nameOf(Buffer.from('hub.mode=subscribe'))).toThrow(new Rejected(400, 'body is not JSON'));
    const deep = Buffer.from(`{"object":"page","entry":${'['.repeat(99)}${']'.repeat(99)}}`);
    expect(() => nameOf(deep)).toThrow(new Rejected(400, 'body nests too deep'));
  });
});

describe('a new lead', () => {
  it('comes as its id, its page and when it was made', () => {
    expect(events(delivery('lead-string-ids'))).toEqual([
      {
        id: '1480332907715264',
        leadId: '1480332907715264',
        type: 'page.leadgen',
        effect: 'new_lead',
        account: '604180245791302',
        occurredAt: '2026-03-05T13:30:00.000Z',
      },
    ]);
  });

  it.each([
    ['lead-numeric-ids', '330417765120', '604180245791302'],
    ['lead-organic', '77102938465', '604180245791302'],
    ['lead-ad-ids-zero', '77102938466', '604180245791302'],
    ['lead-escaped-unicode.raw', '1480332907715280', '604180245791302'],
  ])('is known in each shape that Meta has sent: %s', (name, leadId, account) => {
    expect(events(delivery(name))).toMatchObject([{ id: leadId, leadId, account, effect: 'new_lead' }]);
  });

  it('keeps ids beyond 2^53 to the last digit, also where they come as numbers', () => {
    expect(events(delivery('lead-ids-beyond-2-53'))).toMatchObject([
      { id: '120212669955550254', leadId: '120212669955550254', account: '120215530049871233' },
    ]);
  });

  it('is of the page of its entry where it names none itself', () => {
    expect(eventOf({ page_id: undefined })?.account).toBe(page);
    expect(eventOf({ page_id: null })?.account).toBe(page);
    expect(eventOf({ page_id: '' })?.account).toBe(page);
    expect(eventOf({ page_id: { id: 1 } })?.account).toBe(page);
    expect(eventOf({ page_id: undefined }, { id: 718820045136690 })?.account).toBe('718820045136690');
  });

  it('is of the page that it names where its entry names another', () => {
    expect(eventOf({ page_id: 718820045136690 }, { id: page })?.account).toBe('718820045136690');
  });

  it('is of no page where nothing names one', () => {
    expect(eventOf({ page_id: undefined }, {})?.account).toBe('');
    expect(eventOf({ page_id: undefined }, { id: [page] })?.account).toBe('');
  });

  it.each<[unknown, string | undefined]>([
    [1772717400, '2026-03-05T13:30:00.000Z'],
    [1772717400.5, '2026-03-05T13:30:00.500Z'],
    [undefined, undefined],
    [null, undefined],
    [0, undefined],
    [-1, undefined],
    [1772717400000, undefined],
    [1e300, undefined],
    ['1772717400', undefined],
    ['2026-03-05T13:30:00+0000', undefined],
    [{}, undefined],
  ])('made at %j happened at %j, and is a lead all the same', (created_time, occurredAt) => {
    const event = eventOf({ created_time });
    expect(event).toMatchObject({ leadId: lead.leadgen_id, account: page });
    expect(event?.occurredAt).toBe(occurredAt);
  });

  it('is a test only where we marked it so, and brings its own record then', () => {
    expect(eventOf({})).not.toHaveProperty('isTest');
    expect(eventOf({})).not.toHaveProperty('record');
    const record = { id: lead.leadgen_id, field_data: [{ name: 'email', values: ['zoe@example.org'] }] };
    const event = eventOf({ lead_relay: { test: true, record } });
    expect(event?.isTest).toBe(true);
    expect(JSON.parse(event?.record ?? '')).toEqual(record);
  });
});

describe('a delivery of many', () => {
  it('gives each change of each entry, in their order', () => {
    const all = events(delivery('batch-two-pages'));
    expect(all.map(({ id, account, effect }) => ({ id, account, effect }))).toEqual([
      { id: '1480332907715271', account: '604180245791302', effect: 'new_lead' },
      { id: '1480332907715272', account: '604180245791302', effect: 'new_lead' },
      { id: 'change_2', account: undefined, effect: 'none' },
      { id: '1480332907715273', account: '718820045136690', effect: 'new_lead' },
      { id: '1480332907715274', account: '718820045136690', effect: 'new_lead' },
    ]);
  });

  it('of 1,000 leads gives all of them', () => {
    const changes = Array.from({ length: 1000 }, (_, index) => change({ ...lead, leadgen_id: 900000 + index }));
    const all = events(body(changes));
    expect(new Set(all.map(({ leadId }) => leadId)).size).toBe(1000);
    expect(nameOf(body(changes))).toBe(`meta_event_${digestOf(body(changes))}.json`);
  });

  it.each<[string, unknown]>([
    ['without a value', { field: 'leadgen' }],
    ['whose value is nothing', change(null)],
    ['whose value is text', change('1480332907715264')],
    ['without an id', change({ page_id: page })],
    ['whose id is a list', change({ ...lead, leadgen_id: ['1'] })],
    ['whose id is yes or no', change({ ...lead, leadgen_id: true })],
    ['whose id is empty', change({ ...lead, leadgen_id: '' })],
  ])('with a lead %s among twenty gives an event without an id for it, and the other nineteen', (_, bad) => {
    const changes = Array.from({ length: 20 }, (_lead, index) => change({ ...lead, leadgen_id: `9000${index}` }));
    const all = events(body(changes.with(7, bad as never)));
    expect(all).toHaveLength(20);
    expect(all[7]).toMatchObject({ id: '', effect: 'new_lead', type: 'page.leadgen' });
    expect(all.filter(({ id }) => id.startsWith('9000'))).toHaveLength(19);
  });

  it.each<[string, unknown]>([
    ['is nothing', null],
    ['is text', 'leadgen'],
    ['has no field', { value: lead }],
    ['has a field that is no text', change(lead, ['leadgen'])],
  ])('with a change that %s among twenty gives the other nineteen', (_, bad) => {
    const changes = Array.from({ length: 20 }, (_lead, index) => change({ ...lead, leadgen_id: `9000${index}` }));
    const all = events(body(changes.with(7, bad as never)));
    expect(all[7]).toEqual({ id: 'change_7', type: 'page.unknown', effect: 'none' });
    expect(all.filter(({ id }) => id.startsWith('9000'))).toHaveLength(19);
  });

  it.each([[null], ['text'], [[]], [1]])('with an entry that is %j gives the leads of the others', (bad) => {
    const entry = [bad, { id: page, changes: [change(lead)] }];
    expect(events(bytes({ object: 'page', entry }))).toMatchObject([
      { effect: 'none' },
      { leadId: lead.leadgen_id, account: page },
    ]);
  });
});

describe('what is not for us is recorded, and nothing more:', () => {
  it.each([
    ['other-field-feed', 'page.feed'],
    ['other-object-instagram', 'instagram.comments'],
    ['messaging-without-changes', 'page.unknown'],
  ])('%s', (name, type) => {
    expect(events(delivery(name))).toEqual([{ id: 'change_0', type, effect: 'none' }]);
  });

  it('a lead of another object', () => {
    const content = { object: 'user', entry: [{ id: page, changes: [change(lead)] }] };
    expect(events(bytes(content))).toEqual([{ id: 'change_0', type: 'user.leadgen', effect: 'none' }]);
  });

  it('a delivery without any entry or change', () => {
    const nothing = [{ id: 'change_0', type: 'page.unknown', effect: 'none' }];
    expect(events(bytes({ object: 'page', entry: [] }))).toEqual(nothing);
    expect(events(body([]))).toEqual(nothing);
    expect(events(body('leadgen'))).toEqual(nothing);
  });
});

describe('a delivery without a lead', () => {
  const leadgen = (id: string) => change({ ...lead, leadgen_id: id });
  const idsOf = (of: Buffer | null) => of && events(of).map(({ id, effect }) => (effect === 'none' ? effect : id));

  it('keeps every other event at its place, also behind entries that are about something else', () => {
    const entry = [
      { id: page, messaging: [{ message: { text: 'Hello' } }] },
      { id: page, changes: [] },
      { id: page, changes: [leadgen('7701'), leadgen('7702'), change({}, 'feed')] },
      { id: page, changes: [leadgen('7701'), leadgen('7703')] },
    ];
    const rest = without(bytes({ object: 'page', entry, more: 'kept' }), '7701');
    expect(idsOf(rest)).toEqual(['none', 'none', '7702', 'none', 'none', '7703']);
    expect(JSON.parse(String(rest))).toMatchObject({ more: 'kept', entry: expect.arrayContaining(entry.slice(0, 2)) });
    expect(String(rest)).not.toContain('7701');
  });

  it('is nothing once all of them are taken out, whether their ids came as text or as numbers', () => {
    const rest = without(body([leadgen('7701'), change({ ...lead, leadgen_id: 7702 })]), '7701');
    expect(idsOf(rest)).toEqual(['none', '7702']);
    expect(rest && without(rest, '7702')).toBeNull();
  });

  it('keeps what is beside it where that is no lead', () => {
    const messages = { id: page, messaging: [] };
    const both = bytes({ object: 'page', entry: [messages, { id: page, changes: [leadgen('7701')] }] });
    expect(idsOf(without(both, '7701'))).toEqual(['none', 'none']);
  });

  it('has as many events as before, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.jsonValue(), fc.array(fc.oneof(fc.jsonValue(), fc.constant(leadgen('7701')))))),
        (parts) => {
          const whole = bytes({
            object: 'page',
            entry: parts.map((part) => (Array.isArray(part) ? { changes: part } : part)),
          });
          const rest = without(whole, '7701');
          if (rest) expect(events(rest)).toHaveLength(events(whole).length);
          else expect(events(whole).some(({ leadId }) => leadId === '7701')).toBe(true);
        },
      ),
    );
  });
});

describe('what a stranger could have written', () => {
  it.each([['../../etc/passwd'], ['1?fields=x'], ['<@U012AB3CD>'], ['1'.repeat(129)]])(
    'as an id stays what it is, and is no usable id: %j',
    (id) => {
      const event = eventOf({ leadgen_id: id, page_id: id });
      expect(event).toMatchObject({ id, leadId: id, account: id });
      expect([event?.id, event?.leadId, event?.account].some(isUsableId)).toBe(false);
    },
  );

  it('as names of an object’s own parts changes nothing', () => {
    const text = `{"object":"page","__proto__":{"entry":1},"entry":[{"id":"${page}","__proto__":{"changes":[]},"changes":[{"field":"leadgen","value":{"leadgen_id":"7","__proto__":{"page_id":"evil"},"constructor":1}}]}]}`;
    expect(events(Buffer.from(text))).toMatchObject([{ id: '7', account: page }]);
  });

  it('is found out from bytes that were stored, and can be broken', () => {
    expect(() => events(Buffer.from('not JSON'))).toThrow(Broken);
    expect(() => events(bytes({ event: [] }))).toThrow('not a delivery of Meta');
  });

  it('never makes anything but events, one for each change', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(fc.jsonValue()), (values, odd) => {
        const changes = [...values.map((value) => change(value)), ...odd];
        const all = events(body(changes.slice(0, 25), { id: page }));
        expect(all).toHaveLength(Math.max(1, Math.min(25, changes.length)));
      }),
    );
  });
});
