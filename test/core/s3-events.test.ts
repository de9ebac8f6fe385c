import { describe, expect, it } from '@jest/globals';
import { keysIn } from '../../lambdas/core/s3-events.ts';

const notification = (...keys: string[]) =>
  JSON.stringify({
    Records: keys.map((key) => ({
      eventVersion: '2.5',
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: 'leads' }, object: { key, size: 12, sequencer: '0055AED6DCD90281E5' } },
    })),
  });

describe('a message from S3', () => {
  it('names the keys of what was stored', () => {
    expect(keysIn(notification('source/crm_event_lead_1.json', 'source/crm_event_lead_2.json'))).toEqual([
      'source/crm_event_lead_1.json',
      'source/crm_event_lead_2.json',
    ]);
  });

  it.each([
    ['source/a+b.json', 'source/a b.json'],
    ['source/a%2Bb.json', 'source/a+b.json'],
    ['source/zo%C3%AB%40example.json', 'source/zoë@example.json'],
    ['source/100%25.json', 'source/100%.json'],
  ])('names them encoded: %s is %s', (encoded, key) => expect(keysIn(notification(encoded))).toEqual([key]));

  it('names none when it only tests the notification', () => {
    const test = {
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: '2026-03-05T13:30:00.000Z',
      Bucket: 'leads',
      RequestId: 'R1',
      HostId: 'H1',
    };
    expect(keysIn(JSON.stringify(test))).toEqual([]);
  });

  it('names none where there are none', () => expect(keysIn(notification())).toEqual([]));

  it.each([['not JSON'], ['{}'], ['null'], ['{"Records":[{}]}'], [notification('source/%E0%A4%A.json')]])(
    'fails where it is not from S3: %s',
    (message) => expect(() => keysIn(message)).toThrow(),
  );
});
