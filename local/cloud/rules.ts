import { randomUUID } from 'node:crypto';
import type { Functions } from '../functions/functions.ts';
import { mayInvoke } from '../functions/may-invoke.ts';
import { account, region } from '../template/resource-type.ts';
import type { Schedule } from '../template/rule-types.ts';
import type { Resource, Template } from '../template/template.ts';
import { SqsStore } from './fauxqs.ts';
import type { Stores } from './stores.ts';

type Rule = Resource<'AWS::Events::Rule'>;
type Target = Rule['properties']['Targets'][number];

/** What an event says beside where and when it happened. */
export interface Happened {
  source: 'aws.cloudwatch' | 'aws.events';
  'detail-type': string;
  resources: string[];
  detail: { state?: { value: string } };
}

/** The rules of the template at work. */
export interface Rules {
  /** Starts what the rules about such an event start. */
  tell(happened: Happened): void;
  close(): void;
}

const DAY = 24 * 3600_000;

/**
 * Starts what the template's rules start: again and again, the first time after one interval, which a restart begins to count anew; at a
 * time of each day; and when something happens. What can't be reached is told to `warn`.
 */
export function startRules(
  template: Template,
  functions: Pick<Functions, 'byArn'>,
  stores: Stores,
  warn: (sentence: string) => void,
): Rules {
  const timers = new Set<NodeJS.Timeout>();
  const listening: { rule: Rule; start: (event: Happened) => void }[] = [];
  for (const rule of template.of('AWS::Events::Rule').filter(({ properties }) => properties.State === 'ENABLED')) {
    const starts = rule.properties.Targets.map((target) => startOf(target, rule, template, functions, stores));
    if (starts.includes(undefined)) warn(`${rule.name} may not or can't start one of its targets: it stays silent.`);
    const start = (event: Happened) => starts.forEach((one) => one?.(event));
    listening.push({ rule, start });
    const { ScheduleExpression: schedule } = rule.properties;
    if (schedule) keepTime(schedule, () => start(scheduledEvent(rule)), timers);
  }
  return {
    tell: (happened) => {
      for (const { rule, start } of listening) if (isAbout(rule, happened)) start(happened);
    },
    close: () => timers.forEach((timer) => clearTimeout(timer)),
  };
}

function keepTime(schedule: Schedule, start: () => void, timers: Set<NodeJS.Timeout>) {
  if ('every' in schedule) {
    timers.add(setInterval(start, schedule.every));
    return;
  }
  const wait = () => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      start();
      wait();
    }, untilNext(schedule));
    timers.add(timer);
  };
  wait();
}

/** Milliseconds to this time of the day, in UTC: more than none, and at most a day. */
function untilNext({ hour, minute }: { hour: number; minute: number }): number {
  const today = new Date().setUTCHours(hour, minute, 0, 0);
  return (today > Date.now() ? today : today + DAY) - Date.now();
}

function isAbout({ properties: { EventPattern: pattern } }: Rule, happened: Happened): boolean {
  return (
    pattern !== undefined &&
    pattern['detail-type'][0] === happened['detail-type'] &&
    pattern.resources.some((resource) => happened.resources.includes(resource)) &&
    pattern.detail.state.value.includes(happened.detail.state?.value ?? '')
  );
}

/** What starts a target; nothing where the rule does not reach it. The policies of queues are not emulated. */
function startOf(
  { Arn, Input }: Target,
  rule: Rule,
  template: Template,
  functions: Pick<Functions, 'byArn'>,
  stores: Stores,
): ((happened: Happened) => void) | undefined {
  const text = (happened: Happened) => Input ?? JSON.stringify(eventOf(happened));
  const fn = functions.byArn(Arn);
  if (fn) {
    if (!mayInvoke(template, Arn, 'events.amazonaws.com', rule.arn)) return undefined;
    // The function says in its log why it failed, and the next time comes.
    return (happened) => void fn.invoke(JSON.parse(text(happened))).catch(() => {});
  }
  const queue = stores.sqs.getQueueByArn(Arn);
  if (!queue) return undefined;
  const delay = Number(queue.attributes['DelaySeconds'] ?? 0);
  return (happened) => queue.enqueue(SqsStore.createMessage(text(happened), {}, delay > 0 ? delay : undefined));
}

const scheduledEvent = ({ arn }: Rule): Happened => ({
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  resources: [arn],
  detail: {},
});

const eventOf = (happened: Happened) => ({
  version: '0',
  id: randomUUID(),
  account,
  time: `${new Date().toISOString().slice(0, 19)}Z`,
  region,
  ...happened,
});
