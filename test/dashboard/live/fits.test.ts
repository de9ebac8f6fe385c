import { describe, expect, it } from '@jest/globals';
import { fits } from '../../../dashboard/src/live/fits.ts';
import type { LeadFilter, LeadRow } from '../../../lambdas/api/schemas/lead.ts';
import { row } from '../row.ts';

const lead = row('a', 0, {
  list: 'Meta Ads Leads',
  source: 'meta',
  category: 'subscribed',
  owner: 'Ada',
  owner_key: '00112233445566aa',
  is_mine: true,
  next_call: '2026-05-14',
  received_at: '2026-05-14T22:30:00.000Z',
});
const statuses = [{ key: 'won', label: 'Won', is_closed: true }];
const shows = (filter: LeadFilter, changes: Partial<LeadRow> = {}) =>
  fits({ ...lead, ...changes }, filter, { time_zone: 'Europe/Berlin', statuses });

describe('whether a view shows a lead', () => {
  it('a view without filters shows all but test leads', () => {
    expect(shows({})).toBe(true);
    expect(shows({}, { is_test: true })).toBe(false);
    expect(shows({ test: 'true' }, { is_test: true })).toBe(true);
    expect(shows({ test: 'true' })).toBe(false);
  });

  it.each<[LeadFilter, LeadFilter]>([
    [{ list: 'Meta Ads Leads' }, { list: 'Others' }],
    [{ source: 'meta' }, { source: 'close' }],
    [{ category: 'subscribed' }, { category: 'pending' }],
    [{ status: 'new' }, { status: 'lost' }],
    [{ owner: '00112233445566aa' }, { owner: '00112233445566ab' }],
    [{ due: '2026-05-14' }, { due: '2026-05-13' }],
    [{ from: '2026-05-15' }, { from: '2026-05-16' }],
    [{ to: '2026-05-15' }, { to: '2026-05-14' }],
  ])('%j shows it, %j does not', (yes, no) => {
    expect(shows(yes)).toBe(true);
    expect(shows(no)).toBe(false);
  });

  it('mine, unowned and untouched are what they say', () => {
    expect(shows({ mine: 'true', untouched: 'true' })).toBe(true);
    expect(shows({ mine: 'true' }, { is_mine: false })).toBe(false);
    expect(shows({ untouched: 'true' }, { first_touch_at: '2026-05-14T12:00:00.000Z' })).toBe(false);
    expect(shows({ unowned: 'true' })).toBe(false);
    expect(shows({ unowned: 'true' }, { owner: null })).toBe(true);
  });

  it('one without a next call is never due, nor one that people are done with', () => {
    expect(shows({ due: '2026-05-14' }, { next_call: null })).toBe(false);
    expect(shows({ due: '2026-05-14' }, { status: 'won' })).toBe(false);
  });
});
