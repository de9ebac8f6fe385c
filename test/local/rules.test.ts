import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { startRules, type Rules } from '../../local/cloud/rules.ts';
import { SqsStore } from '../../local/cloud/fauxqs.ts';
import type { Stores } from '../../local/cloud/stores.ts';
import type { LocalFunction } from '../../local/functions/local-function.ts';
import type { Stack } from '../../local/template/assembly.ts';
import { readTemplate } from '../../local/template/template.ts';
import { arnOf, fixtureTemplate } from './fixture.ts';

const aws = 'http://127.0.0.1:4566';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:fixture';
const ruleArn = 'arn:aws:events:us-east-1:000000000000:rule/Fixture-Rule';
const minute = 60_000;

let rules: Rules | undefined;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-12-01T08:00:00.500Z') });
});
afterEach(() => {
  rules?.close();
  jest.useRealTimers();
});

function read(rule: Record<string, unknown>, permission: object = {}) {
  const Permission = {
    Action: 'lambda:InvokeFunction',
    FunctionName: functionArn,
    Principal: 'events.amazonaws.com',
    SourceArn: ruleArn,
    ...permission,
  };
  const resources = {
    ...fixtureTemplate().Resources,
    Rule: { Type: 'AWS::Events::Rule', Properties: rule },
    MayRule: { Type: 'AWS::Lambda::Permission', Properties: Permission },
  };
  const stack: Stack = { name: 'Fixture', directory: '/tmp', resources, parameters: {}, outputs: {} };
  return readTemplate([stack], aws);
}

function begin(rule: Record<string, unknown>, permission?: object) {
  const sqs = new SqsStore();
  const queue = sqs.createQueue('Fixture-Work', `${aws}/000000000000/Fixture-Work`, arnOf('sqs', 'Work'));
  const [invoked, warnings]: [unknown[], string[]] = [[], []];
  const fn = {
    async invoke(event: unknown) {
      invoked.push(event);
      throw new Error('asked to fail');
    },
  } as unknown as LocalFunction;
  rules = startRules(
    read(rule, permission),
    { byArn: (arn) => (arn === functionArn ? fn : undefined) },
    { sqs } as unknown as Stores,
    (sentence) => warnings.push(sentence),
  );
  return { invoked, warnings, bodies: () => queue.messages.map(({ body }) => body) };
}

const every = (ScheduleExpression: string, ...Targets: object[]) => ({ ScheduleExpression, Targets });

it('starts a function after each interval with the event of EventBridge, whatever became of the one before', async () => {
  const { invoked, warnings } = begin(every('rate(15 minutes)', { Arn: functionArn, Id: 'Target0' }));
  await jest.advanceTimersByTimeAsync(15 * minute - 1);
  expect(invoked).toEqual([]);
  await jest.advanceTimersByTimeAsync(15 * minute + 1);
  expect(invoked).toHaveLength(2);
  expect(invoked[0]).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: '2026-12-01T08:15:00Z',
    resources: [ruleArn],
  });
  expect(warnings).toEqual([]);
});

it('gives functions and queues a constant input where the rule has one', async () => {
  const Input = '{"do":"say"}';
  const targets = [functionArn, arnOf('sqs', 'Work')].map((Arn) => ({ Arn, Input, Id: Arn }));
  const { invoked, bodies } = begin(every('rate(1 hour)', ...targets));
  await jest.advanceTimersByTimeAsync(60 * minute);
  expect(invoked).toEqual([{ do: 'say' }]);
  expect(bodies()).toEqual([Input]);
});

it('starts nothing that the function does not let the rule start, and says so', async () => {
  const { invoked, warnings } = begin(every('rate(1 minute)', { Arn: functionArn }), { SourceArn: 'arn:another' });
  await jest.advanceTimersByTimeAsync(minute);
  expect(invoked).toEqual([]);
  expect(warnings).toEqual(["Fixture-Rule may not or can't start one of its targets: it stays silent."]);
});

it('starts nothing by a rule that is off, and nothing more once the run stops', async () => {
  const off = begin({ ...every('rate(1 minute)', { Arn: functionArn }), State: 'DISABLED' });
  await jest.advanceTimersByTimeAsync(minute);
  const on = begin(every('rate(1 day)', { Arn: functionArn }));
  await jest.advanceTimersByTimeAsync(24 * 60 * minute);
  rules?.close();
  await jest.advanceTimersByTimeAsync(24 * 60 * minute);
  expect([off.invoked.length, on.invoked.length]).toEqual([0, 1]);
});

it.each(['cron(0 2 ? * MON *)', 'rate(0 minutes)', 'rate(1 week)'])('stops at %s, which it does not know', (text) => {
  expect(() => read(every(text))).toThrow(`${text} is neither a rate such as rate(15 minutes) nor a time`);
});

it('starts at a time of each day, in UTC', async () => {
  const { bodies } = begin({
    ScheduleExpression: 'cron(30 9 * * ? *)',
    Targets: [{ Arn: arnOf('sqs', 'Work'), Input: 'nightly' }],
  });
  await jest.advanceTimersByTimeAsync(90 * minute - 1000);
  expect(bodies()).toEqual([]);
  await jest.advanceTimersByTimeAsync(minute);
  expect(bodies()).toEqual(['nightly']);
  await jest.advanceTimersByTimeAsync(24 * 60 * minute);
  expect(bodies()).toEqual(['nightly', 'nightly']);
  rules?.close();
  await jest.advanceTimersByTimeAsync(24 * 60 * minute);
  expect(bodies()).toHaveLength(2);
});

it('starts when one of the named alarms begins to ring, and at nothing else', () => {
  const { bodies } = begin({
    EventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      resources: ['arn:one'],
      detail: { state: { value: ['ALARM'] } },
    },
    Targets: [{ Arn: arnOf('sqs', 'Work') }],
  });
  const tell = (alarm: string, value: string) =>
    rules?.tell({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      resources: [alarm],
      detail: { state: { value } },
    });
  tell('arn:one', 'OK');
  tell('arn:two', 'ALARM');
  expect(bodies()).toEqual([]);
  tell('arn:one', 'ALARM');
  expect(bodies().map((body) => JSON.parse(body) as unknown)).toMatchObject([
    { source: 'aws.cloudwatch', resources: ['arn:one'], detail: { state: { value: 'ALARM' } } },
  ]);
});
