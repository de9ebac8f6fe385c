import { expect, it } from '@jest/globals';
import { count, emptyTally, sentenceOf } from '../../../bin/members/tally.ts';

it('counts rows by what they say and by what they changed', () => {
  const tally = emptyTally();
  count(tally, { membership: 'subscribed' }, { was: 'new', leads: 2 });
  count(tally, { membership: 'subscribed' }, { was: 'unchanged', leads: 0 });
  count(tally, { membership: 'terminated' }, { was: 'changed', leads: 1 });
  expect(tally).toEqual({
    members: 2,
    former: 1,
    new: 1,
    changed: 1,
    unchanged: 1,
    repeated: 0,
    reconsidered: 3,
    bad: [],
  });
});

const bad = (rows: number) => Array.from({ length: rows }, (_, line) => ({ line, reason: 'unknown status' }));

it.each([
  [
    { members: 98_211, former: 1700, new: 12, changed: 3, unchanged: 99_896, bad: bad(77) },
    '98,211 members, 1,700 former; 12 new, 3 changed, 99,896 unchanged, 77 rows bad',
  ],
  [
    { members: 1, new: 1, repeated: 1, reconsidered: 1, bad: bad(1) },
    '1 member, 0 former; 1 new, 0 changed, 0 unchanged, 1 row repeated further down, 1 row bad, 1 lead to be considered anew',
  ],
])('says so in a sentence', (tally, sentence) => expect(sentenceOf({ ...emptyTally(), ...tally })).toBe(sentence));
