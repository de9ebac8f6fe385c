import { StartError } from '../start-error.ts';
import type { Resource, Template } from '../template/template.ts';
import { evaluate, type AlarmState } from './evaluate.ts';
import type { Metrics } from './metrics.ts';

type Alarm = Resource<'AWS::CloudWatch::Alarm'>;

/** The state of an alarm, and since when it has it. */
export interface AlarmStatus {
  name: string;
  state: AlarmState;
  reason: string;
  since: string;
}

/** Metrics of AWS that this machine measures; the other namespaces have no data here, as their services are not emulated. */
const measured: Record<string, string[]> = {
  'AWS/ApiGateway': ['4XXError', '5XXError', 'Count'],
  'AWS/Lambda': ['Duration', 'Errors', 'Invocations'],
  'AWS/SQS': ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'],
};
const withoutData = ['AWS/DynamoDB', 'AWS/SNS', 'AWS/WAFV2'];

/** The template's own alarms over what was measured. */
export class AlarmStates {
  readonly #alarms: Alarm[];
  readonly #metrics: Metrics;
  readonly #states = new Map<string, AlarmStatus>();

  constructor(template: Template, metrics: Metrics) {
    this.#alarms = template.of('AWS::CloudWatch::Alarm');
    this.#metrics = metrics;
    for (const { id, properties } of this.#alarms) {
      checkMetric(id, properties);
      metrics.keep(properties.Period * properties.EvaluationPeriods);
    }
  }

  get states(): AlarmStatus[] {
    return [...this.#states.values()];
  }

  /** Evaluates every alarm and calls `changed` for those that ring or are over. An alarm that begins as OK is no change. */
  evaluate(now: number, changed: (alarm: Alarm, status: AlarmStatus) => void) {
    for (const alarm of this.#alarms) {
      const before = this.#states.get(alarm.name);
      const { state, reason } = evaluate(
        alarm.properties,
        this.#valuesOf(alarm, now),
        before?.state ?? 'INSUFFICIENT_DATA',
      );
      if (before?.state === state) {
        before.reason = reason;
        continue;
      }
      const status = { name: alarm.name, state, reason, since: new Date(now).toISOString() };
      this.#states.set(alarm.name, status);
      if (before || state === 'ALARM') changed(alarm, status);
    }
  }

  #valuesOf({ properties }: Alarm, now: number): (number | undefined)[] {
    const { Namespace, MetricName, Dimensions, Statistic, Period, EvaluationPeriods } = properties;
    const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
    const second = Math.floor(now / 1000);
    return Array.from({ length: EvaluationPeriods }, (_, index) => {
      const to = second - index * Period;
      return this.#metrics.read(Namespace, MetricName, dimensions, Statistic, to - Period, to);
    });
  }
}

function checkMetric(id: string, { Namespace, MetricName }: Alarm['properties']) {
  if (!Namespace.startsWith('AWS/') || withoutData.includes(Namespace) || measured[Namespace]?.includes(MetricName))
    return;
  throw new StartError(`The local run does not measure ${Namespace} ${MetricName}, which the alarm ${id} watches.`);
}
