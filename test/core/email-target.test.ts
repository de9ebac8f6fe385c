import { describe, expect, it } from '@jest/globals';
import {
  isOnlyOf,
  policyWith,
  policyWithout,
  type Subscription,
  targetsOf,
  tenantsIn,
  toWiden,
} from '../../lambdas/core/email-target.ts';

const now = Date.parse('2026-03-05T13:30:00.000Z');
const of = (address: string, policy?: Record<string, unknown>, isPending = false): Subscription => ({
  address,
  arn: `arn:${address}`,
  isPending,
  policy,
});
const row = (address: string, changedAt = '2026-03-01T00:00:00.000Z') => ({
  address,
  arn: `arn:${address}`,
  changedAt,
});

describe('whose alerts a subscription gets', () => {
  it('stands in its filter', () => {
    expect(tenantsIn(of('a', { tenant: ['north', 'south'] }))).toEqual(['north', 'south']);
  });

  it('is everybody’s without one, or with one about something else', () => {
    expect(tenantsIn(of('a'))).toBeUndefined();
    expect(tenantsIn(of('a', { source: ['meta'] }))).toBeUndefined();
    expect(isOnlyOf('north', of('a'))).toBe(false);
  });

  it('may be widened and narrowed; everything else stays', () => {
    const both = of('a', { tenant: ['south', 'north'], source: ['meta'] });
    expect(policyWith('north', of('a', { tenant: ['south'] }))).toEqual({ tenant: ['north', 'south'] });
    expect(policyWith('north', both)).toEqual({ tenant: ['north', 'south'], source: ['meta'] });
    expect(policyWithout('north', both)).toEqual({ tenant: ['south'], source: ['meta'] });
    expect(isOnlyOf('north', both)).toBe(false);
    expect(isOnlyOf('north', of('a', { tenant: ['north'] }))).toBe(true);
  });
});

describe('the addresses of a tenant', () => {
  it('are those of the settings, those that were entered and those that get its alerts', () => {
    const known = {
      fixed: ['fixed@x.org'],
      rows: [row('entered@x.org')],
      subscriptions: [
        of('entered@x.org', undefined, true),
        of('by-hand@x.org', { tenant: ['north'] }),
        of('theirs@x.org', { tenant: ['south'] }),
        of('all@x.org'),
      ],
    };
    expect(targetsOf('north', known, now)).toEqual([
      { address: 'by-hand@x.org', state: 'confirmed', is_fixed: false },
      { address: 'entered@x.org', state: 'pending', is_fixed: false },
      { address: 'fixed@x.org', state: 'pending', is_fixed: true },
    ]);
  });

  it('are gone where SNS forgot them, unless they are so new that it does not list them yet', () => {
    const rows = [row('old@x.org'), row('new@x.org', '2026-03-05T13:29:00.000Z')];
    const shown = targetsOf('north', { fixed: [], rows, subscriptions: [] }, now);
    expect(shown.map(({ address }) => address)).toEqual(['new@x.org']);
  });

  it('are to be widened where they were entered and SNS does not send them the alerts', () => {
    const rows = ['a', 'b', 'c', 'd'].map((address) => row(address));
    const subscriptions = [
      of('a', { tenant: ['south'] }),
      of('b', { tenant: ['north'] }),
      of('c'),
      { ...of('d', { tenant: ['south'] }), arn: undefined },
      of('e', { tenant: ['south'] }),
    ];
    expect(toWiden('north', { fixed: [], rows, subscriptions }).map(({ address }) => address)).toEqual(['a']);
  });
});
