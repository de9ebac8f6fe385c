import * as z from 'zod';
import { arn, strict, type ResourceType } from './resource-type.ts';

const alarm = {
  properties: strict(
    {
      AlarmName: z.string().optional(),
      AlarmDescription: z.string().optional(),
      AlarmActions: z.array(z.string()).default([]),
      OKActions: z.array(z.string()).default([]),
      ComparisonOperator: z.enum([
        'GreaterThanOrEqualToThreshold',
        'GreaterThanThreshold',
        'LessThanOrEqualToThreshold',
        'LessThanThreshold',
      ]),
      DatapointsToAlarm: z.number().optional(),
      Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
      EvaluationPeriods: z.number(),
      MetricName: z.string(),
      Namespace: z.string(),
      Period: z.number(),
      Statistic: z.enum(['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum']),
      Threshold: z.number(),
      TreatMissingData: z.enum(['breaching', 'ignore', 'missing', 'notBreaching']).default('missing'),
    },
    ['ActionsEnabled', 'Tags', 'Unit'],
  ),
  nameProperty: 'AlarmName',
  attributes: { Arn: (name: string) => arn('cloudwatch', `alarm:${name}`) },
} satisfies ResourceType;

/** What watches. */
export const alarmTypes = { 'AWS::CloudWatch::Alarm': alarm } satisfies Record<string, ResourceType>;
