import { describe, expect, it } from '@jest/globals';
import { isAbout } from '../../../bin/forget/is-about.ts';

const forgotten = { leadIds: ['lead_1'], rawKeys: ['source/gone 1.json'] };
const about = (message: unknown) => isAbout(JSON.stringify(message), forgotten);
const fromS3 = (...keys: string[]) => ({ Records: keys.map((key) => ({ s3: { object: { key } } })) });

describe('a message in a dead-letter queue is about a forgotten person', () => {
  it.each([
    ['a lead in its wait', { v: 1, tenant: 'north', lead_id: 'lead_1', notBefore: '2026-03-05T13:30:02.000Z' }],
    ['a lead to consider anew', { v: 1, reconsider: { tenant: 'north', lead_id: 'lead_1' }, by: 'ev_1 lead_1' }],
    ['a slice of a delivery', { v: 1, key: 'source/gone 1.json', from: 0, to: 1 }],
    ['a delivery as S3 names it', fromS3('source/gone+1.json')],
    [
      'a look that came to it',
      { v: 1, sweep: 'due', from: { tenant: 'north', after: '2026-03-05T13:30:02.000Z#lead_1' } },
    ],
  ])('where it is %s', (_, message) => {
    expect(about(message)).toBe(true);
  });

  it.each([
    ['another lead', { v: 1, tenant: 'north', lead_id: 'lead_2', notBefore: '2026-03-05T13:30:02.000Z' }],
    ['another lead to consider', { v: 1, reconsider: { tenant: 'north', lead_id: 'lead_2' }, by: 'ev_1 lead_2' }],
    ['a slice of another delivery', { v: 1, key: 'source/other.json', from: 0, to: 1 }],
    ['a delivery beside another', fromS3('source/gone+1.json', 'source/other.json')],
    ['an erasure, which may know more', { v: 1, erase: { tenant: 'north', source: 'close', lead_id: 'lead_1' } }],
    [
      'a look that came to another one',
      { v: 1, sweep: 'due', from: { tenant: 'north', after: '2026-03-05T13:30:02.000Z#lead_2' } },
    ],
    ['the test event of S3', { Service: 'Amazon S3', Event: 's3:TestEvent' }],
    [
      'a watch',
      { v: 1, watch: { source: 'meta', account: '1' }, tick: 0, until: 1, notBefore: '2026-03-05T13:30:02.000Z' },
    ],
    ['something else', 'hello'],
  ])('not where it is %s', (_, message) => {
    expect(about(message)).toBe(false);
  });

  it('not where it is no JSON', () => {
    expect(isAbout('<xml/>', forgotten)).toBe(false);
  });
});
