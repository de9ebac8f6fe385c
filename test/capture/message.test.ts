import { describe, expect, it } from '@jest/globals';
import { askedIn } from '../../lambdas/capture/message.ts';
import type { Reconsider, Slice, Watch } from '../../lambdas/core/capture-message.ts';

const slice: Slice = { v: 1, key: 'source/meta_event_1.json', from: 25, to: 50 };
const watch: Watch = {
  v: 1,
  watch: { source: 'meta', account: '1001' },
  tick: 3,
  until: 1_772_717_402_000,
  notBefore: '2026-03-05T13:31:02.000Z',
};
const reconsider: Reconsider = { v: 1, reconsider: { tenant: 'north', lead_id: '9001' }, by: 'ev_1 9001' };

describe('a message on the capture queue', () => {
  it('of S3 names deliveries', () => {
    const message = { Records: [{ s3: { object: { key: 'source/meta_event_1.json' } } }] };
    expect(askedIn(JSON.stringify(message))).toEqual({ keys: ['source/meta_event_1.json'] });
  });

  it('with which S3 tests its notifications names none', () => {
    expect(askedIn('{"Service":"Amazon S3","Event":"s3:TestEvent"}')).toEqual({ keys: [] });
  });

  it.each<[string, Partial<Slice>]>([
    ['of a delivery that was cut', {}],
    ['of a lead that waits', { since: '2026-03-05T13:30:02.000Z', notBefore: '2026-03-05T13:31:02.000Z' }],
    ['of a lead that was released', { retry: 'released' }],
    ['of a lead that is tried for others', { retry: 'probe' }],
    ['of many at once', { bulk: true }],
  ])('of ours is a slice %s', (_, change) => {
    expect(askedIn(JSON.stringify({ ...slice, ...change }))).toEqual({ message: { ...slice, ...change } });
  });

  it('of ours is a look at parked leads', () => {
    expect(askedIn(JSON.stringify(watch))).toEqual({ message: watch });
  });

  it('of ours is a lead whose category may be another one', () => {
    expect(askedIn(JSON.stringify(reconsider))).toEqual({ message: reconsider });
  });

  it('of the release after this one is understood as far as this one knows it', () => {
    expect(askedIn(JSON.stringify({ ...slice, more: true }))).toEqual({ message: slice });
  });

  it.each<[string, unknown]>([
    ['is of a version that this release does not know', { ...slice, v: 2 }],
    ['has no key', { v: 1, from: 0, to: 1 }],
    ['begins before the first event', { ...slice, from: -1 }],
    ['ends in the middle of one', { ...slice, to: 1.5 }],
    ['is for no day there is', { ...slice, notBefore: '2026-13-05' }],
    ['is retried for a reason that nobody knows', { ...slice, retry: 'again' }],
    ['looks at no page', { ...watch, watch: { source: 'meta' } }],
    ['is about a lead of nobody', { ...reconsider, reconsider: { lead_id: '9001' } }],
    ['does not say what is new', { ...reconsider, by: undefined }],
    ['is of nobody we know', {}],
    ['is no object', 'rubbish'],
    ['is nothing', null],
  ])('that %s is refused, and comes back', (_, message) => {
    expect(() => askedIn(JSON.stringify(message))).toThrow();
  });
});
