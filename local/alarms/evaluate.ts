import type { Resource } from '../template/template.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
type Properties = Resource<'AWS::CloudWatch::Alarm'>['properties'];

/**
 * The state that an alarm has by its latest periods, the newest first, in which a missing value is `undefined`. Periods slide with
 * the clock instead of beginning at full minutes, so that an alarm rings as soon as it may.
 */
export function evaluate(
  alarm: Properties,
  values: (number | undefined)[],
  before: AlarmState,
): { state: AlarmState; reason: string } {
  const { ComparisonOperator, DatapointsToAlarm, EvaluationPeriods, Threshold, TreatMissingData } = alarm;
  const compare = comparisons[ComparisonOperator];
  const judged = values.map((value) =>
    value === undefined ? TreatMissingData === 'breaching' : compare(value, Threshold),
  );
  const breaching = judged.filter(Boolean).length;
  const measured = values.filter((value) => value !== undefined);
  const reason = `${breaching} of ${EvaluationPeriods} periods breach ${ComparisonOperator} ${Threshold}: ${values.map((value) => value ?? 'no data').join(', ')}`;
  if (breaching >= (DatapointsToAlarm ?? EvaluationPeriods)) return { state: 'ALARM', reason };
  if (measured.length === 0 && TreatMissingData === 'missing') return { state: 'INSUFFICIENT_DATA', reason };
  if (measured.length === 0 && TreatMissingData === 'ignore') return { state: before, reason };
  return { state: 'OK', reason };
}

const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
};
