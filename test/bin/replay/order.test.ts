import { describe, expect, it } from '@jest/globals';
import { momentIn } from '../../../bin/replay/moment.ts';
import { orderOf, type Said } from '../../../bin/replay/order.ts';

const now = Date.parse('2026-03-05T13:30:00.000Z');
const said: Said = { keys: [], all: false, tell: false, dryRun: false };

describe('a moment of the command line', () => {
  it.each([
    ['90m', '2026-03-05T12:00:00.000Z'],
    ['12h', '2026-03-05T01:30:00.000Z'],
    ['3d', '2026-03-02T13:30:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T08:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:05Z', '2026-03-01T08:00:05.000Z'],
    ['2026-03-01T08:00+02:00', '2026-03-01T06:00:00.000Z'],
  ])('%s is %s', (text, moment) => expect(momentIn('from', text, now)).toBe(moment));

  it.each(['yesterday', '3w', '2026-13-01', '2026-3-1', ''])('"%s" is none, and what one is is said', (text) => {
    expect(() => momentIn('from', text, now)).toThrow(/--from is ".*"; it must be a date/);
  });
});

describe('an order', () => {
  it('names deliveries, with their folder or without', () => {
    expect(orderOf({ ...said, keys: ['crm_event_a.json', 'source/meta_event_1.json'], tell: true }, now)).toEqual({
      how: 'tell',
      isDryRun: false,
      keys: ['source/crm_event_a.json', 'source/meta_event_1.json'],
    });
  });

  it('or means a time, until now where it has no end, and of one source where that is said', () => {
    expect(orderOf({ ...said, from: '2h', source: 'meta', dryRun: true }, now)).toEqual({
      how: 'quiet',
      isDryRun: true,
      from: '2026-03-05T11:30:00.000Z',
      to: '2026-03-05T13:30:00.000Z',
      source: 'meta',
    });
  });

  it('or everything', () => {
    expect(orderOf({ ...said, all: true }, now)).toMatchObject({
      from: '1970-01-01T00:00:00.000Z',
      to: '2026-03-05T13:30:00.000Z',
    });
  });

  it.each<[Partial<Said>, RegExp]>([
    [{}, /Which deliveries/],
    [{ to: '1h' }, /Which deliveries/],
    [{ keys: ['crm_event_a.json'], from: '2h' }, /not both/],
    [{ keys: ['../secret.json'] }, /not the name of a delivery/],
    [{ keys: Array.from({ length: 501 }, () => 'crm_event_a.json') }, /500 deliveries/],
    [{ all: true, from: '2h' }, /leave --from out/],
    [{ from: '1h', to: '2h' }, /is not before/],
    [{ from: '1h', source: 'pipedrive' }, /no source "pipedrive"/],
  ])('that can not be meant is refused in a sentence: %j', (change, sentence) => {
    expect(() => orderOf({ ...said, ...change }, now)).toThrow(sentence);
  });
});
