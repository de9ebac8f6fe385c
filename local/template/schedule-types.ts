import * as z from 'zod';
import { arn, strict, type ResourceType } from './resource-type.ts';

const minutes = { minute: 1, hour: 60, day: 24 * 60 };

/** `rate(15 minutes)` in milliseconds; a day's time (`cron`) is not known here. */
const rate = z.string().transform((text, context) => {
  const [, value, unit] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (unit !== undefined) return Number(value) * minutes[unit as keyof typeof minutes] * 60_000;
  context.addIssue(`${text} is not a rate such as rate(15 minutes)`);
  return z.NEVER;
});

const target = strict({ Arn: z.string(), Input: z.string().optional() }, ['DeadLetterConfig', 'Id', 'RetryPolicy']);

const rule = {
  properties: strict(
    {
      Name: z.string().optional(),
      ScheduleExpression: rate,
      State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
      Targets: z.array(target).default([]),
    },
    ['Description', 'Tags'],
  ),
  nameProperty: 'Name',
  made: (name: string) => name.slice(0, 64),
  attributes: { Arn: (name: string) => arn('events', `rule/${name}`) },
} satisfies ResourceType;

/** What starts by the clock. */
export const scheduleTypes = { 'AWS::Events::Rule': rule } satisfies Record<string, ResourceType>;
