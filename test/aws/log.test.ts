import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { countTo, logTo } from '../../lambdas/aws/log.ts';

const written: string[] = [];
beforeEach(() => {
  written.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
});
afterEach(() => void jest.restoreAllMocks());

const at = Date.parse('2026-03-05T13:30:00.000Z');
const log = logTo('LeadRelay/prod', () => at);

it('is one line of JSON', () => {
  log({ step: 'capture', outcome: 'done', lead_id: 'lead_Zq3', reason: 'a\nline', tenant: undefined, ms: 12 });
  expect(written).toHaveLength(1);
  expect(written[0]?.indexOf('\n')).toBe((written[0]?.length ?? 0) - 1);
  expect(JSON.parse(written[0] ?? '')).toEqual({
    time: '2026-03-05T13:30:00.000Z',
    step: 'capture',
    outcome: 'done',
    lead_id: 'lead_Zq3',
    reason: 'a\nline',
    ms: 12,
  });
});

it('is a metric too, where there is one', () => {
  log({ step: 'process', outcome: 'waiting' }, { Waited: 1, OverdueSeconds: 901 });
  expect(JSON.parse(written[0] ?? '')).toEqual({
    time: '2026-03-05T13:30:00.000Z',
    step: 'process',
    outcome: 'waiting',
    Waited: 1,
    OverdueSeconds: 901,
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: 'LeadRelay/prod',
          Dimensions: [[]],
          Metrics: [
            { Name: 'Waited', Unit: 'Count' },
            { Name: 'OverdueSeconds', Unit: 'Seconds' },
          ],
        },
      ],
    },
  });
});

it('has a zero for a metric, so that silence shows', () => {
  log({ step: 'ingest', outcome: 'stored' }, { Captured: 0 });
  expect(JSON.parse(written[0] ?? '')).toHaveProperty('Captured', 0);
});

it('counts something as of another moment in a line that says nothing else', () => {
  countTo('LeadRelay/prod', () => at)({ Awaited: -1 }, at + 1000);
  expect(JSON.parse(written[0] ?? '')).toEqual({
    time: '2026-03-05T13:30:00.000Z',
    Awaited: -1,
    _aws: {
      Timestamp: at + 1000,
      CloudWatchMetrics: [
        { Namespace: 'LeadRelay/prod', Dimensions: [[]], Metrics: [{ Name: 'Awaited', Unit: 'Count' }] },
      ],
    },
  });
});
