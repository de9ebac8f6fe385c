import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { isUsableId } from '../../lambdas/core/id.ts';
import type { SourceEvent } from '../../lambdas/core/event.ts';
import type { Hydration } from '../../lambdas/core/hydration.ts';
import { LeadFacts } from '../../lambdas/core/lead.ts';
import type { Source, Tolerance, WebhookRequest } from '../../lambdas/core/source.ts';
import { hydrations } from '../../lambdas/sources/hydrations.ts';
import { sources } from '../../lambdas/sources/registry.ts';
import { deliveriesOf, fixtureOf } from '../fixtures/source-fixture.ts';

const now = Date.parse('2026-03-05T13:30:02Z');
const tolerance: Tolerance = { past: 300, future: 60 };
const fields = { names: {} };

/** What an event may say of a contact. */
const Change = z.strictObject({
  properties: z.record(z.string().min(1), z.string()),
  life: z
    .strictObject({
      state: z.enum(['created', 'deleted', 'restored', 'merged']),
      into: z.string().refine(isUsableId).optional(),
    })
    .optional(),
});

/** What every source's events look like. */
const Event = z.strictObject({
  id: z.string().refine(isUsableId),
  type: z.string().min(1),
  occurredAt: z.iso.datetime().optional(),
  leadId: z.string().refine(isUsableId).optional(),
  objectId: z.string().min(1).optional(),
  effect: z.enum(['new_lead', 'update', 'deletion', 'merge', 'restore', 'erasure', 'none']),
  account: z.string().refine(isUsableId).optional(),
  facts: LeadFacts.optional(),
  change: Change.optional(),
  isRead: z.boolean().optional(),
  isBulk: z.boolean().optional(),
  asOf: z.iso.datetime().optional(),
  record: z.string().optional(),
  isTest: z.boolean().optional(),
});

const all = Object.entries<Source>(sources);
/** Those whose events are ids only, so that a lead is read at the vendor. */
const hydrated = Object.keys(hydrations);
/** Those that tell of contacts piece by piece. */
const contacts = Object.entries<Hydration>(hydrations).flatMap(([id, { factsOf }]) => (factsOf ? [id] : []));

it('the registry names each source by its id, and no two share an address', () => {
  expect(all.map(([name]) => name)).toEqual(all.map(([, { id }]) => id));
  const addresses = all.flatMap(([, { id, aliases }]) => [`/webhooks/${id}`, ...aliases]);
  expect(new Set(addresses).size).toBe(addresses.length);
});

it('each has an address by its id, and old ones that are plain paths of their own', () => {
  for (const [, { id, aliases }] of all) {
    expect(id).toMatch(/^[a-z]+$/);
    for (const alias of aliases) expect(alias).toMatch(/^(?!\/webhooks\/)(?:\/[a-z]+)+$/);
  }
});

it('leads are read only at vendors whose pages or portals belong to somebody', () => {
  const known = all.filter(([, { account }]) => account !== undefined).map(([name]) => name);
  expect(known).toEqual(expect.arrayContaining(hydrated));
});

/** What a contact is after an event that says so. */
const lives: Partial<Record<SourceEvent['effect'], string>> = {
  new_lead: 'created',
  deletion: 'deleted',
  restore: 'restored',
};
const stateAfter = (effect: SourceEvent['effect'], change: SourceEvent['change']) =>
  effect === 'merge' && change?.life ? 'merged' : change && lives[effect];

const idsIn = (events: SourceEvent[]) => [...new Set(events.flatMap(({ leadId = [] }) => leadId))];

/** Whether an event is about the lead, or is of a merge with it: what says that two became one names both. */
const isToldWith = (leadId: string, { effect, occurredAt, ...event }: SourceEvent, events: SourceEvent[]) =>
  event.leadId === leadId ||
  (effect === 'merge' &&
    events.some((one) => one.effect === 'merge' && one.leadId === leadId && one.occurredAt === occurredAt));

/** The vendor's own ids of a lead, where they are too long to stand in a delivery by chance. */
const objectIdsOf = (leadId: string, events: SourceEvent[]) =>
  events.flatMap((event) =>
    event.leadId === leadId && event.objectId !== undefined && event.objectId.length > 6 ? [event.objectId] : [],
  );

describe.each(all)('%s', (id, source) => {
  const deliveries = deliveriesOf(id);
  const signing = async () => {
    const { keys, ...rest } = await fixtureOf(id);
    const ours = { tenant: 'north', value: keys[0] };
    return { ...rest, ours, other: { tenant: 'south', value: keys[1] } };
  };
  const verify = (request: WebhookRequest, keys: Parameters<Source['verify']>[1], at = now) =>
    source.verify(request, keys, { now: at, tolerance });

  it('has deliveries to test it with', () => expect(deliveries.length).toBeGreaterThan(0));

  it('has a key form that its vendor’s keys have, and nothing unfilled has', async () => {
    const { ours, other } = await signing();
    expect([ours, other].map(({ value }) => source.keyForm.test(value))).toEqual([true, true]);
    for (const value of ['', 'None', 'changeme', ' '.repeat(64), `${ours.value}\n`])
      expect(source.keyForm.test(value)).toBe(false);
  });

  it('says which header its vendor’s signature is in', async () => {
    const { sign, ours, headers } = await signing();
    expect(source.signatureHeaders).toContain(headers.signature);
    expect(sign(Buffer.from('{}'), ours.value, now).headers).toHaveProperty([source.signatureHeaders[0]]);
  });

  it.each(deliveries)('knows its vendor’s signature of $file, and whose it is', async ({ body }) => {
    const { sign, ours, other } = await signing();
    expect(verify(sign(body, ours.value, now), [other, ours])).toEqual(ours);
    expect(verify(sign(body, other.value, now), [ours, other])).toEqual(other);
  });

  it.each(deliveries)('refuses $file signed with a key that is not known', async ({ body }) => {
    const { sign, ours, other } = await signing();
    expect(verify(sign(body, other.value, now), [ours])).toBeUndefined();
    expect(verify(sign(body, ours.value, now), [])).toBeUndefined();
    expect(verify(sign(body, '', now), [{ tenant: 'north', value: '' }])).toBeUndefined();
  });

  it.each(deliveries)('refuses $file with any one byte changed, added or taken away', async ({ body }) => {
    const { sign, ours } = await signing();
    const request = sign(body, ours.value, now);
    const accepted: number[] = [];
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      if (verify({ ...request, body: changed }, [ours])) accepted.push(at);
    }
    expect(accepted).toEqual([]);
    expect(verify({ ...request, body: Buffer.concat([body, Buffer.from(' ')]) }, [ours])).toBeUndefined();
    expect(verify({ ...request, body: body.subarray(0, -1) }, [ours])).toBeUndefined();
  });

  it('refuses a signature with any one character changed, added or taken away, and one in capitals', async () => {
    const { sign, ours, headers } = await signing();
    const request = sign(deliveries[0]?.body ?? Buffer.from(''), ours.value, now);
    const signature = request.headers[headers.signature] ?? '';
    const changed = signature
      .split('')
      .map((character, at) => signature.slice(0, at) + (character === '0' ? '1' : '0') + signature.slice(at + 1));
    for (const wrong of [
      ...changed,
      `${signature}0`,
      signature.slice(0, -1),
      `${signature}, ${signature}`,
      '',
      ` ${signature}`,
    ]) {
      expect(
        verify({ ...request, headers: { ...request.headers, [headers.signature]: wrong } }, [ours]),
      ).toBeUndefined();
    }
  });

  it('refuses a request without any one of its headers', async () => {
    const { sign, ours, headers } = await signing();
    const request = sign(deliveries[0]?.body ?? Buffer.from(''), ours.value, now);
    for (const missing of Object.values(headers)) {
      const rest = Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== missing));
      expect(verify({ ...request, headers: rest }, [ours])).toBeUndefined();
    }
  });

  it('refuses a signed time that was changed, is too old or lies ahead', async () => {
    const { sign, ours, headers } = await signing();
    if (!headers.time) return;
    const body = deliveries[0]?.body ?? Buffer.from('');
    const request = sign(body, ours.value, now);
    const time = request.headers[headers.time] ?? '';
    const later = String(Number(time) + 1).padStart(time.length, '0');
    expect(verify({ ...request, headers: { ...request.headers, [headers.time]: later } }, [ours])).toBeUndefined();
    expect(verify(sign(body, ours.value, now - 6 * 60_000), [ours])).toBeUndefined();
    expect(verify(sign(body, ours.value, now + 2 * 60_000), [ours])).toBeUndefined();
  });

  it.each(deliveries)('gives $file the same name each time, one that may be a key', ({ body }) => {
    expect(source.nameOf(body)).toBe(source.nameOf(Buffer.from(body)));
    expect(source.nameOf(body)).toMatch(/^[a-z]+_event_[A-Za-z0-9_-]+\.json$/);
  });

  it('gives different deliveries different names', () => {
    const names = deliveries.map(({ body }) => source.nameOf(body));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(deliveries)('reads the events of $file', ({ body }) => {
    const events = source.events(body, fields);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) expect(() => Event.parse(event)).not.toThrow();
    for (const { effect, leadId, objectId, facts, change, account, record, isBulk } of events) {
      const isRead = effect === 'new_lead' && hydrated.includes(id);
      const saysFacts = effect === 'update' || (effect === 'new_lead' && !isRead);
      if (effect !== 'none') expect(leadId).toBeDefined();
      expect(facts !== undefined).toBe(saysFacts && !contacts.includes(id));
      // Of a person who is to be forgotten nothing is said.
      if (effect === 'erasure') expect(change ?? { properties: {} }).toEqual({ properties: {} });
      else expect(change !== undefined).toBe(effect !== 'none' && contacts.includes(id));
      expect(change?.life?.state).toBe(stateAfter(effect, change));
      if (objectId !== undefined) expect(objectId).not.toBe(leadId);
      if (isBulk !== undefined) expect(effect).toBe('new_lead');
      expect(account !== undefined).toBe(effect !== 'none' && source.account !== undefined);
      // Only what we marked as a test brings its own record.
      expect(record).toBeUndefined();
    }
    expect(source.events(body, fields)).toEqual(events);
  });

  it.each(deliveries)('$file has a part for each of its events, which tells of that one', ({ body }) => {
    const events = source.events(body, fields);
    const parts = source.parts(body);
    expect(parts).toHaveLength(events.length);
    for (const [index, { leadId }] of events.entries())
      for (const name of leadId === undefined ? [] : objectIdsOf(leadId, events).slice(0, 1))
        expect(JSON.stringify(parts[index])).toContain(name);
  });

  it.each(deliveries)(
    '$file without a lead tells of it nowhere, and has each other event at its old place',
    ({ body }) => {
      const events = source.events(body, fields);
      for (const leadId of idsIn(events)) {
        const rest = source.without(body, leadId);
        const others = events.map((event) => (isToldWith(leadId, event, events) ? undefined : event.id));
        if (rest === null) {
          expect(others.filter(Boolean)).toEqual([]);
          continue;
        }
        const left = source.events(rest, fields);
        expect(left.map((event, at) => (others[at] === undefined ? event.effect : event.id))).toEqual(
          others.map((other) => other ?? 'none'),
        );
        expect(JSON.stringify(left)).not.toContain(leadId);
        for (const name of [leadId, ...objectIdsOf(leadId, events)]) expect(rest.includes(name)).toBe(false);
        // Done again it changes nothing more.
        expect(source.without(rest, leadId)?.equals(rest)).toBe(true);
      }
    },
  );

  it.each(deliveries)('$file without all of its leads, one after the other, tells of nobody', ({ body }) => {
    const events = source.events(body, fields);
    const rest = idsIn(events).reduce<Buffer | null>((left, leadId) => left && source.without(left, leadId), body);
    expect(idsIn(rest ? source.events(rest, fields) : [])).toEqual([]);
    if (rest === null) expect(events.every(({ leadId }) => leadId !== undefined)).toBe(true);
  });

  it.each(deliveries)('$file stays byte for byte as it is without a lead that it does not tell of', ({ body }) => {
    const ids = idsIn(source.events(body, fields));
    const almost = ids.flatMap((leadId) => [`${leadId}0`, `1${leadId}`, leadId.slice(0, -1), leadId.slice(1)]);
    for (const leadId of ['nobody', ...almost.filter((name) => !ids.includes(name))])
      expect(source.without(body, leadId)?.equals(body)).toBe(true);
  });

  it('has a delivery that starts an alert', () => {
    const effects = deliveries.flatMap(({ body }) => source.events(body, fields)).map(({ effect }) => effect);
    expect(effects).toContain('new_lead');
  });

  it('takes an event that it does not know, to do nothing with it', async () => {
    const { sign, ours, unknown } = await signing();
    expect(verify(sign(unknown, ours.value, now), [ours])).toEqual(ours);
    expect(source.nameOf(unknown)).toMatch(/^[a-z]+_event_[A-Za-z0-9_-]+\.json$/);
    expect(source.events(unknown, fields).map(({ effect }) => effect)).toEqual(['none']);
  });

  it.each([
    ['not JSON'],
    ['null'],
    ['[]'],
    ['{}'],
    ['"text"'],
    ['{"event":[]}'],
    ['['.repeat(100) + ']'.repeat(100)],
    [''],
  ])('gives %j no name', (body) =>
    expect(() => source.nameOf(Buffer.from(body))).toThrow(expect.objectContaining({ status: 400 })),
  );

  it('leads to a lead by an address that its id can’t leave', () => {
    const { origin } = new URL(source.linkTo('lead_1'));
    expect(origin).toMatch(/^https:/);
    expect(new URL(source.linkTo('../../evil?x=#y')).origin).toBe(origin);
    expect(source.linkTo('a b"<>')).not.toMatch(/["<> ]/);
  });

  it('gives each new lead an event of its own', () => {
    const events = deliveries.flatMap(({ body }) => source.events(body, fields));
    const leads = events.filter(({ effect }) => effect === 'new_lead');
    expect(new Set(leads.map((event) => event.id)).size).toBe(leads.length);
  });

  it('answers a test of its address where its vendor makes one', async () => {
    expect(source.handshake !== undefined).toBe((await fixtureOf(id)).shakeHands !== undefined);
  });

  if (source.handshake) {
    describe('a test of its address', () => {
      const ours = { tenant: 'north', value: 'a token that north made up' };
      const other = { tenant: 'south', value: 'öther token' };
      const asked = async (token: string, challenge: string): Promise<WebhookRequest> => {
        const { shakeHands } = await fixtureOf(id);
        if (!shakeHands) throw new Error('the fixture has no shakeHands');
        return shakeHands(token, challenge);
      };
      const answer = async (token: string, challenge = '1158201444', tokens = [ours, other]) =>
        source.handshake?.(await asked(token, challenge), tokens);

      it('is answered with exactly the challenge where the token is one of ours', async () => {
        expect(await answer(ours.value)).toBe('1158201444');
        expect(await answer(other.value, '007')).toBe('007');
      });

      it.each([
        ['another one', 'wrong'],
        ['a part of ours', 'a token that north made'],
        ['more than ours', 'a token that north made up!'],
        ['ours in capitals', 'A TOKEN THAT NORTH MADE UP'],
        ['ours with a space before it', ' a token that north made up'],
        ['both of ours', 'a token that north made up,öther token'],
        ['empty', ''],
        ['endless', 'x'.repeat(1_000_000)],
        ['half a character', '\ud800'],
      ])('is not answered where the token is %s', async (_, token) => expect(await answer(token)).toBeUndefined());

      it('is not answered where we have no token, or an empty one', async () => {
        expect(await answer(ours.value, '1158201444', [])).toBeUndefined();
        expect(await answer('', '1158201444', [{ ...ours, value: '' }])).toBeUndefined();
      });

      it('is not answered without any one of its parameters', async () => {
        const request = await asked(ours.value, '1158201444');
        for (const missing of Object.keys(request.query)) {
          const query = Object.fromEntries(Object.entries(request.query).filter(([name]) => name !== missing));
          expect(source.handshake?.({ ...request, query }, [ours])).toBeUndefined();
        }
      });

      it.each([
        ['<script>alert(1)</script>'],
        ['12 34'],
        ['12\n'],
        ['-1'],
        ['1e9'],
        ['١٢٣'],
        [''],
        ['9'.repeat(10_000)],
      ])('is not answered with what could be anything but a number: %j', async (challenge) =>
        expect(await answer(ours.value, challenge)).toBeUndefined(),
      );
    });
  }
});
