import { describe, expect, it } from '@jest/globals';
import { differenceInWords, fetchedInWords } from '../../../dashboard/src/completeness/account-states.ts';
import { account } from '../completeness-row.ts';

describe('the figures of an account in words', () => {
  it.each([
    [0, 'None'],
    [2, '2 missing'],
    [-1, '1 more here'],
  ])('a difference of %i', (difference, said) => expect(differenceInWords(difference)).toBe(said));

  it('what was fetched, and when last in the zone of the tenant', () => {
    const last_fetched_at = '2026-05-14T22:30:00.000Z';
    expect(fetchedInWords(account(), 'Europe/Berlin')).toBe('Nothing');
    expect(fetchedInWords(account({ fetched: 1, last_fetched_at }), 'Europe/Berlin')).toBe(
      '1 delivery, last 15 May, 00:30',
    );
    expect(fetchedInWords(account({ fetched: 3 }), 'Europe/Berlin')).toBe('3 deliveries');
  });
});
