import type { Inbox } from '../console/inbox.ts';
import type { Rules } from '../cloud/rules.ts';
import { deliver } from '../cloud/subscribers.ts';
import type { Stores } from '../cloud/stores.ts';
import { region } from '../template/resource-type.ts';
import type { Template } from '../template/template.ts';
import { AlarmStates, type AlarmStatus } from './alarm-states.ts';
import type { Metrics } from './metrics.ts';
import { measureQueues } from './queue-metrics.ts';

/** Watches the alarms of the template, every second, and tells their topics and the rules when one rings or is over. */
export class Alarms {
  readonly #template: Template;
  readonly #stores: Stores;
  readonly #metrics: Metrics;
  readonly #inbox: Inbox;
  readonly #states: AlarmStates;
  #timer: NodeJS.Timeout | undefined;

  constructor(template: Template, stores: Stores, metrics: Metrics, inbox: Inbox) {
    this.#template = template;
    this.#stores = stores;
    this.#metrics = metrics;
    this.#inbox = inbox;
    this.#states = new AlarmStates(template, metrics);
  }

  get states(): AlarmStatus[] {
    return this.#states.states;
  }

  watch(rules: Pick<Rules, 'tell'>) {
    this.#look(rules);
    this.#timer = setInterval(() => this.#look(rules), 1000);
  }

  close() {
    clearInterval(this.#timer);
  }

  #look(rules: Pick<Rules, 'tell'>) {
    const now = Date.now();
    measureQueues(this.#template, this.#stores, this.#metrics, now);
    this.#states.evaluate(now, ({ properties, arn }, status) => {
      rules.tell({
        source: 'aws.cloudwatch',
        'detail-type': 'CloudWatch Alarm State Change',
        resources: [arn],
        detail: { state: { value: status.state } },
      });
      const topics =
        status.state === 'ALARM' ? properties.AlarmActions : status.state === 'OK' ? properties.OKActions : [];
      for (const topic of topics) this.#tell(topic, status, properties.AlarmDescription);
    });
  }

  #tell(topicArn: string, { name, state, reason, since }: AlarmStatus, description = '') {
    const message = JSON.stringify({
      AlarmName: name,
      AlarmDescription: description,
      NewStateValue: state,
      NewStateReason: reason,
      StateChangeTime: since,
      Region: region,
    });
    deliver(
      { topicArn, subject: `${state}: "${name}" in ${region}`, message, attributes: {} },
      'alarm',
      this.#stores,
      this.#inbox,
    );
  }
}
