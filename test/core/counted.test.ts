import { describe, expect, it } from '@jest/globals';
import { countedAs, difference } from '../../lambdas/core/counted.ts';
import type { Lead } from '../../lambdas/core/lead.ts';
import { ownerKey } from '../../lambdas/core/owner-key.ts';
import { noFacts } from '../fixtures/lead.ts';

const lead: Lead = {
  tenant: 'north',
  lead_id: 'a',
  source: 'meta',
  facts: { ...noFacts, date_created: '2026-03-05T13:29:00.000Z' },
  receivedAt: '2026-03-05T13:30:00.000Z',
  dueAt: '2026-03-05T13:40:00.000Z',
  rawKey: 'source/a.json',
  isTest: false,
};
const as = (more: Partial<Lead>, timeZone = 'Europe/Berlin') =>
  countedAs({ ...lead, ...more }, { timeZone, fallbackOwner: 'Unassigned' });
const names = (more: Partial<Lead>) => as(more)?.names.slice(4);

describe('a lead counts', () => {
  it('on the day of its tenant on which it came in', () => {
    expect(as({ receivedAt: '2026-03-05T23:30:00.000Z' })?.day).toBe('2026-03-06');
    expect(as({ receivedAt: '2026-03-05T23:30:00.000Z' }, 'America/New_York')?.day).toBe('2026-03-05');
  });

  it('as one, of its source, of its category, of nobody', () => {
    expect(as({})).toEqual({
      day: '2026-03-05',
      names: ['total', 'source#meta', 'category#pending', 'owner#'],
      owner: null,
    });
  });

  it('of whoever owns it, by a key that names nobody; the one who stands in for nobody is nobody', () => {
    const key = ownerKey('north', 'Ana Diaz');
    const looked = { display_name: null, status_label: null, lead_email: null, phone: null, lead_owner: 'Ana  Diaz ' };
    expect(as({ looked })).toMatchObject({ names: expect.arrayContaining([`owner#${key}`]), owner: { key } });
    expect(as({ looked, assigned: { name: 'Bo' } })?.owner?.name).toBe('Bo');
    expect(as({ looked: { ...looked, lead_owner: 'Unassigned' } })?.owner).toBeNull();
  });

  it('also when a person added it, and when its vendor deleted it; a test lead does not', () => {
    expect(as({ isManual: true, source: 'manual' })?.names).toContain('source#manual');
    expect(as({ deletedAt: '2026-03-06T00:00:00.000Z' })?.names).toContain('total');
    expect(as({ isTest: true })).toBeUndefined();
  });

  it.each([
    ['2026-03-05T13:28:00.000Z', 'alert#1m'],
    ['2026-03-05T13:29:59.999Z', 'alert#1m'],
    ['2026-03-05T13:30:00.000Z', 'alert#5m'],
    ['2026-03-05T13:34:00.000Z', 'alert#15m'],
    ['2026-03-05T13:44:00.000Z', 'alert#60m'],
    ['2026-03-05T14:29:00.000Z', 'alert#more'],
  ])('told at %s as %s, from the form on', (toldAt, name) => {
    expect(names({ toldAt })).toEqual([name]);
  });

  it.each([
    ['2026-03-05T13:33:59.000Z', 'touch#5m'],
    ['2026-03-05T13:58:59.000Z', 'touch#30m'],
    ['2026-03-05T15:28:59.000Z', 'touch#2h'],
    ['2026-03-06T13:28:59.000Z', 'touch#24h'],
    ['2026-03-06T13:29:00.000Z', 'touch#more'],
  ])('touched at %s as %s', (firstTouchAt, name) => {
    expect(names({ firstTouchAt })).toEqual([name]);
  });

  it('from when it came in where its vendor does not say when the form was sent', () => {
    const facts = { ...lead.facts, date_created: null };
    expect(names({ facts, toldAt: '2026-03-05T13:30:30.000Z' })).toEqual(['alert#1m']);
  });
});

it('from one state to the next only what differs changes', () => {
  expect(difference(['total', 'owner#'], ['total', 'owner#a', 'touch#5m'])).toEqual({
    'owner#': -1,
    'owner#a': 1,
    'touch#5m': 1,
  });
  expect(difference(['total'], ['total'])).toEqual({});
});
