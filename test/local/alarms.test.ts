import { expect, it } from '@jest/globals';
import { readEmbeddedMetrics } from '../../local/alarms/embedded-metrics.ts';
import { evaluate, type AlarmState } from '../../local/alarms/evaluate.ts';
import { Metrics } from '../../local/alarms/metrics.ts';

const alarm = {
  AlarmActions: [],
  OKActions: [],
  ComparisonOperator: 'LessThanThreshold' as const,
  Dimensions: [],
  EvaluationPeriods: 2,
  DatapointsToAlarm: 2,
  MetricName: 'Captured',
  Namespace: 'LeadRelay/local',
  Period: 900,
  Statistic: 'Maximum' as const,
  Threshold: 1,
};

it.each<[string, 'breaching' | 'ignore' | 'missing' | 'notBreaching', (number | undefined)[], AlarmState, AlarmState]>([
  ['all periods breach', 'notBreaching', [0, 0], 'OK', 'ALARM'],
  ['one of two breaches', 'notBreaching', [0, 1], 'OK', 'OK'],
  ['one is missing and that is fine', 'notBreaching', [0, undefined], 'OK', 'OK'],
  ['one is missing and that is not fine', 'breaching', [0, undefined], 'OK', 'ALARM'],
  ['all are missing', 'missing', [undefined, undefined], 'OK', 'INSUFFICIENT_DATA'],
  ['all are missing and nobody cares', 'ignore', [undefined, undefined], 'ALARM', 'ALARM'],
])('when %s (%s)', (_, TreatMissingData, values, before, state) => {
  expect(evaluate({ ...alarm, TreatMissingData }, values, before).state).toBe(state);
});

it('reads the metrics of a line in the embedded format, and none of another line', () => {
  const metrics = new Metrics();
  metrics.keep(60);
  const now = Math.floor(Date.now() / 1000);
  const directive = { Namespace: 'N', Dimensions: [[], ['step']], Metrics: [{ Name: 'Told' }, { Name: 'Late' }] };
  readEmbeddedMetrics({ _aws: { CloudWatchMetrics: [directive] }, step: 'process', Told: 1, Late: [3, 5] }, metrics);
  readEmbeddedMetrics({ Told: 7 }, metrics);
  const read = (name: string, statistic: 'Sum' | 'Maximum' | 'SampleCount' | 'Average' | 'Minimum', dimensions = {}) =>
    metrics.read('N', name, dimensions, statistic, now - 10, now + 1);
  expect([read('Told', 'Sum'), read('Late', 'Maximum'), read('Late', 'Average'), read('Late', 'SampleCount')]).toEqual([
    1, 5, 4, 2,
  ]);
  expect(read('Late', 'Minimum', { step: 'process' })).toBe(3);
  expect(read('Told', 'Sum', { step: 'capture' })).toBeUndefined();
});

it('looks at the seconds of a period and at no other', () => {
  const metrics = new Metrics();
  metrics.keep(60);
  for (const second of [10, 11, 12, 13]) metrics.add('N', 'M', {}, second, second * 1000);
  expect(metrics.read('N', 'M', {}, 'Sum', 10, 12)).toBe(23);
  expect(metrics.read('N', 'M', {}, 'Sum', 13, 20)).toBeUndefined();
});

it('counts a value at the moment that the line gives, also one that is still to come, in whatever order', () => {
  const metrics = new Metrics();
  metrics.keep(60);
  const soon = Math.floor(Date.now() / 1000) + 1200;
  const CloudWatchMetrics = [{ Namespace: 'N', Metrics: [{ Name: 'Awaited' }] }];
  const read = (second: number, Awaited: number) =>
    readEmbeddedMetrics({ _aws: { Timestamp: second * 1000, CloudWatchMetrics }, Awaited }, metrics);
  for (const [second, value] of [
    [soon + 2, 1],
    [soon, 1],
    [soon + 1, 1],
    [soon, -1],
    [soon + 2, -1],
  ] as const)
    read(second, value);
  const sum = (from: number, to: number) => metrics.read('N', 'Awaited', {}, 'Sum', from, to);
  expect(sum(soon - 1200, soon - 1)).toBeUndefined();
  expect([sum(soon - 1, soon), sum(soon, soon + 1), sum(soon + 1, soon + 2)]).toEqual([0, 1, 0]);
});
