import * as z from 'zod';
import { arn, strict, type ResourceType } from './resource-type.ts';

const minutes = { minute: 1, hour: 60, day: 24 * 60 };

/** When a rule starts its targets: every so many milliseconds, or each day at a time in UTC. */
export type Schedule = { every: number } | { hour: number; minute: number };

/** `rate(15 minutes)`, or the time of a day as in `cron(30 2 * * ? *)`; other days are not known here. */
const schedule = z.string().transform((text, context): Schedule => {
  const [, value, unit] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (unit !== undefined) return { every: Number(value) * minutes[unit as keyof typeof minutes] * 60_000 };
  const [, minute, hour] = /^cron\((\d{1,2}) (\d{1,2}) \* \* \? \*\)$/.exec(text) ?? [];
  if (Number(minute) < 60 && Number(hour) < 24) return { hour: Number(hour), minute: Number(minute) };
  context.addIssue(
    `${text} is neither a rate such as rate(15 minutes) nor a time of each day such as cron(0 2 * * ? *)`,
  );
  return z.NEVER;
});

const target = strict({ Arn: z.string(), Input: z.string().optional() }, ['DeadLetterConfig', 'Id', 'RetryPolicy']);

/** The one kind of event that is told here: an alarm that begins or ceases to ring. */
const pattern = z.strictObject({
  source: z.tuple([z.literal('aws.cloudwatch')]),
  'detail-type': z.tuple([z.literal('CloudWatch Alarm State Change')]),
  resources: z.array(z.string()),
  detail: z.strictObject({ state: z.strictObject({ value: z.array(z.string()) }) }),
});

const rule = {
  properties: strict(
    {
      Name: z.string().optional(),
      ScheduleExpression: schedule.optional(),
      EventPattern: pattern.optional(),
      State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
      Targets: z.array(target).default([]),
    },
    ['Description', 'Tags'],
  ),
  nameProperty: 'Name',
  made: (name: string) => name.slice(0, 64),
  attributes: { Arn: (name: string) => arn('events', `rule/${name}`) },
} satisfies ResourceType;

/** What starts by the clock, or by an event. */
export const ruleTypes = { 'AWS::Events::Rule': rule } satisfies Record<string, ResourceType>;
