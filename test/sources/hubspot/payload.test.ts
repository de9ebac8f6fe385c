import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { eventTypes } from '../../../lambdas/core/event.ts';
import { isUsableId } from '../../../lambdas/core/id.ts';
import { events, nameOf, without } from '../../../lambdas/sources/hubspot/payload.ts';

const delivery = (name: string) =>
  readFileSync(new URL(`../../fixtures/hubspot/deliveries/${name}.json`, import.meta.url));
const bytes = (content: unknown) => Buffer.from(JSON.stringify(content));

const item = {
  eventId: 3400564480,
  subscriptionId: 3329277,
  portalId: 48120733,
  appId: 9393361,
  occurredAt: 1742077073905,
  subscriptionType: 'contact.creation',
  attemptNumber: 0,
  objectId: 90817263541,
  changeFlag: 'CREATED',
  changeSource: 'INTEGRATION',
};
const changed = { ...item, subscriptionType: 'contact.propertyChange', propertyName: 'email', propertyValue: 'a@b.c' };
const one = (change: object) => {
  const [event, ...others] = events(bytes([{ ...item, ...change }]));
  expect(others).toEqual([]);
  return event;
};

describe('the name of a delivery', () => {
  it('is the digest of its bytes, so that another attempt is another object', () => {
    const [first, again] = [bytes([item]), bytes([{ ...item, attemptNumber: 1 }])];
    expect(nameOf(first)).toMatch(/^hubspot_event_[0-9a-f]{64}\.json$/);
    expect(nameOf(first)).toBe(nameOf(bytes([item])));
    expect(nameOf(first)).not.toBe(nameOf(again));
  });
});

describe('an item', () => {
  it.each([
    ['contact.creation', {}, 'new_lead', 'created'],
    ['object.creation', { objectTypeId: '0-1' }, 'new_lead', 'created'],
    ['contact.propertyChange', { propertyName: 'email', propertyValue: 'a@b.c' }, 'update', 'updated'],
    ['object.propertyChange', { objectTypeId: '0-1', propertyName: 'email' }, 'update', 'updated'],
    ['contact.deletion', {}, 'deletion', 'deleted'],
    ['contact.restore', {}, 'restore', 'restored'],
    ['contact.privacyDeletion', {}, 'erasure', 'deleted'],
    ['object.creation', { objectTypeId: '0-2' }, 'none', undefined],
    ['deal.creation', {}, 'none', undefined],
    ['contact.associationChange', {}, 'none', undefined],
    ['hologram.creation', {}, 'none', undefined],
    ['contact.__proto__', {}, 'none', undefined],
    ['contact.constructor', {}, 'none', undefined],
  ] as const)('%s with %j is %s for us, and %s in everybody’s words', (subscriptionType, more, effect, word) => {
    const event = one({ subscriptionType, ...more });
    expect(event).toMatchObject({ type: subscriptionType, effect });
    expect(event && eventTypes[event.effect]).toBe(word);
  });

  it('names its contact by portal and object, so that two portals may have the same one', () => {
    expect(one({})).toMatchObject({ leadId: '48120733_90817263541', account: '48120733', objectId: '90817263541' });
    expect(one({ portalId: 1 })?.leadId).toBe('1_90817263541');
  });

  it('may have its ids as texts, and ids beyond 2^53 keep every digit', () => {
    expect(one({ objectId: '90817263541' })?.leadId).toBe('48120733_90817263541');
    const [event] = events(Buffer.from(JSON.stringify([item]).replace('90817263541', '900719925474099267')));
    expect(event?.leadId).toBe('48120733_900719925474099267');
  });

  it('says of a changed property what it is now, and that it is none where it is empty', () => {
    expect(one(changed)?.change).toEqual({ properties: { email: 'a@b.c' } });
    expect(one({ ...changed, propertyValue: '' })?.change).toEqual({ properties: { email: '' } });
    expect(one({ ...changed, propertyValue: null })?.change).toEqual({ properties: { email: '' } });
    expect(one({ ...changed, propertyValue: 7 })?.change).toEqual({ properties: { email: '7' } });
  });

  it('says nothing of a property that HubSpot holds back, or leaves out', () => {
    expect(one({ ...changed, isSensitive: true })?.change).toEqual({ properties: {} });
    expect(one({ ...changed, propertyValue: 'REDACTED' })?.change).toEqual({ properties: {} });
    expect(one({ ...changed, propertyValue: undefined })?.change).toEqual({ properties: {} });
  });

  it.each([
    ['IMPORT', true],
    ['CRM_UI_BULK_ACTION', true],
    ['CRM_UI', undefined],
    ['IMPORTANT', undefined],
    ['INTEGRATION', undefined],
    [undefined, undefined],
  ])('that came by %s is one of many: %s', (changeSource, isBulk) =>
    expect(one({ changeSource })?.isBulk).toBe(isBulk),
  );

  it.each([
    ['no object', { objectId: undefined }],
    ['an object that is no number', { objectId: '../../etc' }],
    ['an object of no whole number', { objectId: 1.5 }],
    ['no portal', { portalId: undefined }],
    ['no id', { eventId: undefined }],
    ['no time', { occurredAt: undefined }],
    ['a time beyond all dates', { occurredAt: 9e15 }],
    ['a time as text', { occurredAt: '2026-03-05' }],
    ['a property without a name', { ...changed, propertyName: undefined }],
    ['a mark of a test in another form', { lead_relay: { record: {} } }],
  ])('with %s has no usable id: nothing can be made of it, and nothing is lost by it', (_, change) => {
    expect(one(change)?.id).toBe('');
  });

  it.each([[null], ['text'], [1], [[]], [{}]])('that is %j hurts no other', (bad) => {
    const found = events(bytes([bad, item]));
    expect(found.map(({ id }) => isUsableId(id))).toEqual([false, true]);
  });

  it('of a test brings its contact along', () => {
    const record = { id: '90817263541', properties: { email: 'a@b.c' } };
    expect(one({ lead_relay: { test: true, record } })).toMatchObject({ isTest: true, record: JSON.stringify(record) });
  });
});

describe('the identity of an event', () => {
  const id = (change: object) => one({ ...changed, ...change })?.id;

  it('is that of its repeats, whichever attempt it was and by whichever name it comes', () => {
    expect(id({ attemptNumber: 7 })).toBe(id({}));
    expect(id({ subscriptionType: 'object.propertyChange', objectTypeId: '0-1' })).toBe(id({}));
    expect(id({ subscriptionId: 1, appId: 2, changeSource: 'IMPORT', propertyValue: 'b@b.c' })).toBe(id({}));
  });

  it.each([
    ['portal', { portalId: 1 }],
    ['object', { objectId: 1 }],
    ['property', { propertyName: 'phone' }],
    ['event id', { eventId: 1 }],
    ['moment', { occurredAt: 1 }],
    ['kind', { subscriptionType: 'contact.deletion', propertyName: undefined }],
  ])('is another one with another %s', (_, change) => expect(id(change)).not.toBe(id({})));

  it('of a delivery with the button of HubSpot’s own test, which gives both its events one id, is two', () => {
    const found = events(delivery('test-button'));
    expect(new Set(found.map((event) => event.id)).size).toBe(2);
  });
});

describe('a merge', () => {
  it('is one event for the contact that is left, which must be read anew, and one for each that went into it', () => {
    const found = events(delivery('merge'));
    expect(found.map(({ leadId, effect, isRead, change }) => ({ leadId, effect, isRead, life: change?.life }))).toEqual(
      [
        { leadId: '48120733_90817263546', effect: 'merge', isRead: true, life: undefined },
        {
          leadId: '48120733_90817263542',
          effect: 'merge',
          isRead: undefined,
          life: { state: 'merged', into: '48120733_90817263546' },
        },
        {
          leadId: '48120733_90817263541',
          effect: 'merge',
          isRead: undefined,
          life: { state: 'merged', into: '48120733_90817263546' },
        },
      ],
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(3);
  });

  it('without a new contact leaves the first one', () => {
    const found = events(
      bytes([{ ...item, subscriptionType: 'contact.merge', primaryObjectId: 5, mergedObjectIds: [6], objectId: 5 }]),
    );
    expect(found.map(({ leadId, isRead }) => [leadId, isRead])).toEqual([
      ['48120733_5', true],
      ['48120733_6', undefined],
    ]);
  });
});

describe('a delivery without a lead', () => {
  it('has something empty in its place, so that the others keep theirs', () => {
    const body = bytes([item, { ...changed, objectId: 2 }, { ...item, objectId: 3 }]);
    const rest = without(body, '48120733_2');
    expect(JSON.parse(String(rest))).toEqual([item, { erased: 1 }, { ...item, objectId: 3 }]);
    const kept = events(rest ?? Buffer.from(''));
    expect(kept.map(({ leadId }) => leadId)).toEqual(['48120733_90817263541', undefined, '48120733_3']);
    expect(kept[1]).toMatchObject({ effect: 'none', type: 'erased' });
  });

  it('of a merge leaves as many places as the merge had events', () => {
    const merge = {
      ...item,
      subscriptionType: 'contact.merge',
      primaryObjectId: 5,
      mergedObjectIds: [6, 7],
      objectId: 5,
    };
    const body = bytes([merge, item]);
    const before = events(body);
    const after = events(without(body, '48120733_6') ?? Buffer.from(''));
    expect(after).toHaveLength(before.length);
    expect(after.at(-1)).toEqual(before.at(-1));
  });

  it('is nothing where it told of nobody else, also not of others that are erased', () => {
    expect(without(bytes([item, changed]), '48120733_90817263541')).toBeNull();
    const rest = without(bytes([item, { ...item, objectId: 2 }]), '48120733_2') ?? Buffer.from('');
    expect(without(rest, '48120733_90817263541')).toBeNull();
  });
});

it('whatever an item holds makes an event or one without an id, never a failure', () => {
  const anyItem = fc.record(
    {
      eventId: fc.anything(),
      portalId: fc.anything(),
      objectId: fc.anything(),
      occurredAt: fc.oneof(fc.integer(), fc.anything()),
      subscriptionType: fc.oneof(
        fc.constantFrom('contact.creation', 'object.merge', 'contact.propertyChange'),
        fc.string(),
      ),
      objectTypeId: fc.constantFrom('0-1', '0-2', undefined),
      propertyName: fc.anything(),
      propertyValue: fc.anything(),
      mergedObjectIds: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(anyItem, fc.jsonValue()), { minLength: 1, maxLength: 5 }), (items) => {
      const body = Buffer.from(
        JSON.stringify(items, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      );
      for (const event of events(body)) {
        expect(event.id === '' || isUsableId(event.id)).toBe(true);
        if (event.leadId !== undefined) expect(isUsableId(event.leadId)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
