import { describe, expect, it } from '@jest/globals';
import { StatusKey } from '../../lambdas/api/schemas/lead.ts';
import { moved, whatIsWrong, withNew } from '../../dashboard/src/settings/statuses/status-list.ts';

const status = (key: string, is_closed = false) => ({ key, label: key.toUpperCase(), is_closed });
const three = [status('new'), status('won', true), status('lost', true)];
const keys = (statuses: { key: string }[]) => statuses.map(({ key }) => key).join(' ');

describe('moving a status', () => {
  it.each([
    [0, 1, 'won new lost'],
    [2, -1, 'new lost won'],
    [0, -1, 'new won lost'],
    [2, 1, 'new won lost'],
    [9, -1, 'new won lost'],
  ] as const)('number %i by %i gives %s', (from, by, expected) => expect(keys(moved(three, from, by))).toBe(expected));
});

describe('a new status', () => {
  it.each([
    ['Call back', 'call_back'],
    ['Später anrufen!', 'spater_anrufen'],
    ['Won', 'won_2'],
    ['2nd call', 'nd_call'],
    ['検討中', 'status'],
    ['constructor', 'constructor'],
    ['x'.repeat(40), 'x'.repeat(26)],
  ])('called %j has the key %s', (label, expected) => {
    const key = withNew(three, label).at(-1)?.key;
    expect(key).toBe(expected);
    expect(StatusKey.safeParse(key).success).toBe(true);
  });

  it('has a key of its own, however many are called the same', () => {
    let statuses = three;
    for (let times = 0; times < 12; times++) statuses = withNew(statuses, 'x'.repeat(40));
    expect(new Set(statuses.map(({ key }) => key)).size).toBe(15);
    for (const { key } of statuses) expect(StatusKey.safeParse(key).success).toBe(true);
  });
});

describe('statuses that can not be saved', () => {
  it.each([
    [[{ ...status('new'), label: ' ' }], 'Every status needs a name.'],
    [[status('new'), { ...status('other'), label: 'New ' }], '“New” is there twice.'],
    [[status('won', true)], 'One status must be open: new leads begin with it.'],
    [three, undefined],
  ])('%j: %s', (statuses, expected) => expect(whatIsWrong(statuses)).toBe(expected));
});
