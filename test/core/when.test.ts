import { describe, expect, it } from '@jest/globals';
import { ago, dayAndTime, dayIn, span } from '../../lambdas/core/when.ts';

const at = (iso: string) => Date.parse(iso);
const said = (time: string, now: string, zone = 'UTC') => dayAndTime(at(time), at(now), zone);

describe('a length of time', () => {
  it.each([
    [0, '0 s'],
    [-5_000, '0 s'],
    [40_000, '40 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [12 * 60_000, '12 min'],
    [59 * 60_000 + 59_999, '59 min'],
    [3_600_000, '1 h'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
    [20 * 86_400_000, '20 d'],
  ])('of %i ms is %s', (milliseconds, text) => expect(span(milliseconds)).toBe(text));
});

describe('how long ago', () => {
  it('is just now within a minute', () =>
    expect(ago(at('2026-03-05T13:30:00Z'), at('2026-03-05T13:30:59Z'))).toBe('just now'));
  it('is just now for a clock that runs ahead', () =>
    expect(ago(at('2026-03-05T13:35:00Z'), at('2026-03-05T13:30:00Z'))).toBe('just now'));
  it('is told in minutes', () =>
    expect(ago(at('2026-03-05T13:30:00Z'), at('2026-03-05T13:42:30Z'))).toBe('12 min ago'));
});

describe('day and time', () => {
  it.each([
    ['2026-03-05T13:30:00Z', '2026-03-05T13:42:00Z', 'today 13:30'],
    ['2026-03-05T00:05:00Z', '2026-03-05T23:59:00Z', 'today 00:05'],
    ['2026-03-04T23:59:00Z', '2026-03-05T00:01:00Z', 'yesterday 23:59'],
    ['2026-03-03T23:59:00Z', '2026-03-05T00:01:00Z', '3 March 23:59'],
    ['2025-12-31T23:59:00Z', '2026-01-01T00:01:00Z', 'yesterday 23:59'],
    ['2025-12-30T09:05:00Z', '2026-01-01T00:01:00Z', '30 December 2025 09:05'],
    ['2028-02-29T09:05:00Z', '2028-03-01T08:00:00Z', 'yesterday 09:05'],
    ['2026-03-06T09:05:00Z', '2026-03-05T08:00:00Z', '6 March 09:05'],
  ])('%s is at %s: %s', (time, now, text) => expect(said(time, now)).toBe(text));

  it('are those of the reader’s time zone', () => {
    expect(said('2026-03-05T23:30:00Z', '2026-03-06T01:00:00Z', 'Europe/Berlin')).toBe('today 00:30');
    expect(said('2026-03-05T23:30:00Z', '2026-03-06T01:00:00Z', 'America/New_York')).toBe('today 18:30');
    expect(said('2026-03-05T23:30:00Z', '2026-03-06T01:00:00Z', 'Asia/Kathmandu')).toBe('today 05:15');
    expect(said('2025-12-31T23:30:00Z', '2026-03-06T01:00:00Z', 'Europe/Berlin')).toBe('1 January 00:30');
  });

  it('know that the day on which clocks go forward has 23 hours', () => {
    expect(said('2026-03-29T10:00:00Z', '2026-03-29T22:30:00Z', 'Europe/Berlin')).toBe('yesterday 12:00');
    expect(said('2026-03-28T22:30:00Z', '2026-03-29T22:30:00Z', 'Europe/Berlin')).toBe('28 March 23:30');
  });

  it('know that the day on which clocks go back has 25 hours', () => {
    expect(said('2026-10-24T12:30:00Z', '2026-10-25T22:30:00Z', 'Europe/Berlin')).toBe('yesterday 14:30');
    expect(said('2026-10-24T22:30:00Z', '2026-10-25T22:30:00Z', 'Europe/Berlin')).toBe('today 00:30');
  });
});

describe('the day', () => {
  it.each([
    ['2026-03-05T13:30:00Z', 'Europe/Berlin', '2026-03-05'],
    ['2026-03-05T23:30:00Z', 'Europe/Berlin', '2026-03-06'],
    ['2026-03-05T23:30:00Z', 'UTC', '2026-03-05'],
    ['2026-01-01T04:59:59Z', 'America/New_York', '2025-12-31'],
    ['2026-01-01T05:00:00Z', 'America/New_York', '2026-01-01'],
    ['2026-03-28T23:30:00Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-03-29T22:00:00Z', 'Europe/Berlin', '2026-03-30'],
  ])('of %s in %s is %s', (time, zone, day) => expect(dayIn(at(time), zone)).toBe(day));
});
