import { randomUUID } from 'node:crypto';
import type { Functions } from '../functions/functions.ts';
import { mayInvoke } from '../functions/may-invoke.ts';
import { account, region } from '../template/resource-type.ts';
import type { Resource, Template } from '../template/template.ts';
import { SqsStore } from './fauxqs.ts';
import type { Stores } from './stores.ts';

type Rule = Resource<'AWS::Events::Rule'>;
type Target = Rule['properties']['Targets'][number];

/** The clocks of the rules. */
export interface Schedules {
  /** Starts now what rules start whose name has this in it, also those that are off; false where there is none. */
  start(name: string): boolean;
  close(): void;
}

/** Starts what the template's rules start, again and again, the first time after one interval; a restart begins to count anew. What can't be reached is told to `warn`. */
export function startSchedules(
  template: Template,
  functions: Pick<Functions, 'byArn'>,
  stores: Stores,
  warn: (sentence: string) => void,
): Schedules {
  const timers: NodeJS.Timeout[] = [];
  const rules = new Map<string, () => void>();
  for (const rule of template.of('AWS::Events::Rule')) {
    const starts = rule.properties.Targets.map((target) => startOf(target, rule, template, functions, stores));
    if (starts.includes(undefined)) warn(`${rule.name} may not or can't start one of its targets: it stays silent.`);
    const startAll = () => starts.forEach((start) => start?.());
    rules.set(rule.name, startAll);
    if (rule.properties.State === 'DISABLED') continue;
    timers.push(setInterval(startAll, rule.properties.ScheduleExpression));
  }
  return {
    start(name) {
      const meant = [...rules].filter(([known]) => known.includes(name));
      for (const [, startAll] of meant) startAll();
      return meant.length > 0;
    },
    close: () => timers.forEach((timer) => clearInterval(timer)),
  };
}

/** What starts a target; nothing where the rule does not reach it. The policies of queues are not emulated. */
function startOf(
  { Arn, Input }: Target,
  rule: Rule,
  template: Template,
  functions: Pick<Functions, 'byArn'>,
  stores: Stores,
): (() => void) | undefined {
  const text = () => Input ?? JSON.stringify(scheduledEvent(rule));
  const fn = functions.byArn(Arn);
  if (fn) {
    if (!mayInvoke(template, Arn, 'events.amazonaws.com', rule.arn)) return undefined;
    // The function says in its log why it failed, and the next time comes.
    return () => void fn.invoke(JSON.parse(text())).catch(() => {});
  }
  const queue = stores.sqs.getQueueByArn(Arn);
  if (!queue) return undefined;
  const delay = Number(queue.attributes['DelaySeconds'] ?? 0);
  return () => queue.enqueue(SqsStore.createMessage(text(), {}, delay > 0 ? delay : undefined));
}

const scheduledEvent = ({ arn }: Rule) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: `${new Date().toISOString().slice(0, 19)}Z`,
  region,
  resources: [arn],
  detail: {},
});
