import { describe, expect, it } from '@jest/globals';
import { aboutIn, causeIn, groupsOf, isMeant, WITHOUT_A_WORD } from '../../lambdas/core/dead-letter.ts';

const at = '2026-03-05T13:40:01.000Z';

describe('the cause of a message', () => {
  it.each([
    ['waited 24 hours: slack: 503', 'waited 24 hours: slack: 503'],
    ['Invalid token for page_id: 604180245791302 (190)', 'Invalid token for page_id: … (190)'],
    ['lead_9cTvE0aV12xyz is not in the table', '… is not in the table'],
    ['the delivery is not in source/', 'the delivery is not in source/'],
    [undefined, WITHOUT_A_WORD],
  ])('of %s is said without its ids, so that the same is one', (reason, cause) => expect(causeIn(reason)).toBe(cause));
});

describe('what a message is about', () => {
  const place = { tenant: 'north', channel: 'slack', window: 7 };
  it.each([
    [
      { v: 1, tenant: 'north', lead_id: 'lead_1', notBefore: at },
      { tenant: 'north', lead_id: 'lead_1', keys: [] },
    ],
    [
      { v: 1, digest: place, notBefore: at, dueAt: at },
      { tenant: 'north', keys: [] },
    ],
    [
      { v: 1, settle: { ...place, part: 0, state: 'told', detail: 'x' }, bulk: true },
      { tenant: 'north', keys: [] },
    ],
    [
      { v: 1, erase: { tenant: 'north', source: 'meta', lead_id: '9001' } },
      { tenant: 'north', keys: [] },
    ],
    [{ v: 1, key: 'source/a.json', from: 0, to: 1 }, { keys: ['source/a.json'] }],
    [
      { v: 1, key: 'source/a.json', from: 0, to: 1, again: { how: 'quiet', job: 'j', tenant: 'north' } },
      { tenant: 'north', keys: ['source/a.json'] },
    ],
    [
      { v: 1, reconsider: { tenant: 'north', lead_id: 'lead_1' }, by: 'ev_1' },
      { tenant: 'north', lead_id: 'lead_1', keys: [] },
    ],
    [
      { v: 1, compare: { tenant: 'north' } },
      { tenant: 'north', keys: [] },
    ],
    [
      { v: 1, compare: {} },
      { tenant: 'none', keys: [] },
    ],
    [
      { v: 1, tenant: 'north', job_id: 'job-1', after: 'source/a.json' },
      { tenant: 'north', keys: [] },
    ],
    [{ Records: [{ s3: { object: { key: 'source/a+b.json' } } }] }, { keys: ['source/a b.json'] }],
  ])('%j', (message, about) => expect(aboutIn(JSON.stringify(message))).toEqual(about));

  it.each(['not JSON', '{}', '[]'])('is not known of %s', (body) => expect(aboutIn(body)).toBeUndefined());
});

describe('messages that were given up', () => {
  const letter = (id: string, cause: string, sentAt = at) => ({ id, queue: 'owner', body: '{}', cause, sentAt });

  it('are grouped by queue and cause, the largest group first, each from its oldest on', () => {
    const letters = [letter('a', 'x'), letter('b', 'y'), letter('c', 'y', '2026-03-04T00:00:00.000Z')];
    expect(groupsOf([...letters, { ...letter('d', 'y'), queue: 'capture' }])).toMatchObject([
      { queue: 'owner', cause: 'y', count: 2, oldest: '2026-03-04T00:00:00.000Z', letters: [{ id: 'c' }, { id: 'b' }] },
      { queue: 'owner', cause: 'x', count: 1 },
      { queue: 'capture', cause: 'y', count: 1 },
    ]);
    expect(groupsOf([])).toEqual([]);
  });

  it('are meant by all that an order says of them', () => {
    const order = { isDryRun: false };
    const one = letter('a', 'x');
    expect(isMeant(one, order)).toBe(true);
    expect(isMeant(one, { ...order, queue: 'owner', cause: 'x', message: 'a' })).toBe(true);
    for (const other of [{ queue: 'capture' }, { cause: 'y' }, { message: 'b' }])
      expect(isMeant(one, { ...order, ...other })).toBe(false);
  });
});
