import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { EditableTemplate } from './assembly.ts';
import { startLocal } from './local-run.ts';
import { everything, type Fact, probe } from './probe.ts';
import { resourceOf, resourcesOf, setEnv } from './template-parts.ts';

/** A lead waits one second here: this is about what happens at all. */
function quick(template: EditableTemplate) {
  // Two leads need no more.
  for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::EventSourceMapping'))
    Object.assign(Properties, { ScalingConfig: { MaximumConcurrency: 1 } });
  setEnv(template, 'Capture', { DELAY_SECONDS: '{"close":1,"meta":1}' });
}

const without = (...facts: Fact[]) => everything.filter((fact) => !facts.includes(fact));
const nothingTold: Fact[] = ['owned', 'slack', 'email', 'meta told'];
const notProcessed: Fact[] = ['enriched', ...nothingTold, 'process log'];
const notCaptured: Fact[] = ['captured', 'category', 'capture log', 'meta captured', 'meta details', ...notProcessed];
const unanswered: Fact[] = ['answered', 'stored', 'meta answered', ...notCaptured];
const notRead: Fact[] = ['meta captured', 'meta details', 'meta told'];

async function factsWithout(edit: (template: EditableTemplate) => void, expected: readonly Fact[]) {
  await using run = await startLocal({
    edit: (template) => {
      quick(template);
      edit(template);
    },
  });
  return await probe(run, expected);
}

const remove = (type: string, id: string) => (template: EditableTemplate) => {
  for (const [name] of resourcesOf(template, type).filter(([found]) => found.startsWith(id)))
    delete template.Resources[name];
};

const unset = (step: string, variable: string) => (template: EditableTemplate) => {
  const [[, fn] = []] = resourcesOf(template, 'AWS::Lambda::Function', step);
  delete fn?.Properties['Environment'].Variables[variable];
};

it('with the whole template, everything happens', async () => {
  expect(await factsWithout(() => {}, everything)).toEqual([...everything]);
});

describe('with one part of the template taken out, exactly that part of the behaviour is missing', () => {
  it.concurrent.each<[string, (template: EditableTemplate) => void, readonly Fact[]]>([
    ['the event source of capture', remove('AWS::Lambda::EventSourceMapping', 'Capture'), without(...notCaptured)],
    ['the event source of process', remove('AWS::Lambda::EventSourceMapping', 'Process'), without(...notProcessed)],
    [
      'the notification of the bucket',
      (template) => delete resourceOf(template, 'AWS::S3::Bucket', 'Storage').Properties['NotificationConfiguration'],
      without(...notCaptured),
    ],
    ['the route of the webhooks', remove('AWS::ApiGateway::Method', 'IntakeWebhooksApiwebhookssourcePOST'), []],
    ['the right of the API to invoke', remove('AWS::Lambda::Permission', 'IntakeWebhooksApiwebhookssourcePOST'), []],
    ['BUCKET_NAME of ingest', unset('Ingest', 'BUCKET_NAME'), []],
    ['TABLE_NAME of capture', unset('Capture', 'TABLE_NAME'), without(...notCaptured)],
    ['SNS_TOPIC_ARN of process', unset('Process', 'SNS_TOPIC_ARN'), without(...notProcessed)],
    ['the e-mail subscriptions', remove('AWS::SNS::Subscription', 'LeadTopic'), without('email')],
  ])('%s', async (_, edit, expected) => {
    expect(await factsWithout(edit, expected)).toEqual([...expected]);
  });
});

/**
 * What is missing without a statement, by role and first action on what; every statement of every role on a lead's way stands here.
 * `erase` and the dashboard do nothing for a lead: their own tests show that theirs are enough.
 */
const statements: Record<string, Fact[]> = {
  'Ingest logs:CreateLogStream': ['ingest log'],
  'Ingest s3:PutObject': unanswered,
  'Ingest secretsmanager:GetSecretValue': unanswered,
  'Capture logs:CreateLogStream': ['capture log'],
  'Capture sqs:ChangeMessageVisibility': notCaptured,
  'Capture s3:GetObject source/': notCaptured.filter((fact) => fact !== 'capture log'),
  'Capture s3:GetObject details/': notRead,
  'Capture dynamodb:BatchGetItem': notCaptured.filter((fact) => fact !== 'capture log'),
  'Capture secretsmanager:GetSecretValue': notRead,
  // People are told even if the topic is not.
  'Capture sns:Publish': ['captured', 'category', 'meta captured'],
  'Capture kms:Decrypt': ['captured', 'category', 'meta captured'],
  'Capture sqs:SendMessage': notCaptured.filter((fact) => fact !== 'capture log' && fact !== 'meta details'),
  'Process logs:CreateLogStream': ['process log'],
  'Process sqs:ChangeMessageVisibility': notProcessed,
  'Process s3:GetObject target/': notProcessed.filter((fact) => fact !== 'process log'),
  'Process dynamodb:BatchGetItem': notProcessed.filter((fact) => fact !== 'process log'),
  'Process sqs:SendMessage': [],
  'Process sns:Publish': ['email'],
  'Process kms:Decrypt': ['email'],
  'Process secretsmanager:GetSecretValue': notProcessed.filter((fact) => fact !== 'process log'),
  'Process s3:GetObject dea-lead-owner/': ['owned'],
};

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

/** `Process s3:GetObject target/`: with the place in a bucket that it is about. */
function nameOf(policy: string, { Action, Resource }: Statement): string {
  const [role = ''] = /Ingest|Capture|Process/.exec(policy) ?? [];
  const action = [Action].flat()[0] ?? '';
  const [place = ''] = /(source|details|target|dea-lead-owner)\//.exec(JSON.stringify(Resource)) ?? [];
  return `${role} ${action}${role !== 'Ingest' && place ? ` ${place}` : ''}`;
}

const policiesOf = (template: EditableTemplate) =>
  resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([id]) => /^(Ingest|Intake|Capture|Process)/.test(id))
    .map(([id, { Properties }]) => ({
      id,
      document: Properties['PolicyDocument'] as { Statement: Statement[] },
    }));

it('names every statement of every role on the way of a lead below', () => {
  const file = join(process.env['CDK_OUT'] ?? '', 'LeadRelay-local.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as EditableTemplate;
  const names = policiesOf(template).flatMap(({ id, document }) =>
    document.Statement.map((statement) => nameOf(id, statement)),
  );
  expect(names.sort()).toEqual(Object.keys(statements).sort());
});

/** Statements that nothing has in common: what is missing without them is told apart, so that one run shows it of several. */
function apart(): [string, Fact[]][][] {
  const groups: [string, Fact[]][][] = [];
  for (const [name, missing] of Object.entries(statements)) {
    const fits = (group: [string, Fact[]][]) =>
      missing.length > 0 &&
      group.every(([, others]) => others.length > 0 && !others.some((fact) => missing.includes(fact)));
    const group = groups.find(fits);
    if (group) group.push([name, missing]);
    else groups.push([[name, missing]]);
  }
  return groups;
}

describe('without a statement of a role, exactly what it allows is missing', () => {
  it.concurrent.each(apart().map((group) => [group.map(([name]) => name).join(', '), group] as const))(
    '%s',
    async (_, group) => {
      const names = group.map(([name]) => name);
      const expected = without(...group.flatMap(([, missing]) => missing));
      const edit = (template: EditableTemplate) => {
        for (const { id, document } of policiesOf(template))
          document.Statement = document.Statement.filter((one) => !names.includes(nameOf(id, one)));
      };
      expect(await factsWithout(edit, expected)).toEqual(expected);
    },
  );
});
