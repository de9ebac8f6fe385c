import { readFileSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readSettings } from '../../lib/config.ts';
import { DashboardStack } from '../../lib/dashboard-stack.ts';
import { PipelineStack } from '../../lib/pipeline-stack.ts';

// CDK's own check of a template takes seconds, and is left to `app.test.ts`.
process.env['CDK_VALIDATION'] = 'false';

const cdkJson = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
  context: Record<string, unknown>;
};

interface Resource {
  Type: string;
  // Templates are data of any shape; each test names the properties that it reads.
  Properties: Record<string, unknown>;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** The context of cdk.json with settings given as `-c` would, and without bundling. */
export const contextOf = (stage: string, settings: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...cdkJson.context,
  'aws:cdk:bundling-stacks': [],
  stage,
  ...settings,
});

/** The pipeline of a stage, synthesized without bundling its functions, and without the dashboard, which takes as long again. */
export function synth(stage: string, settings: Record<string, unknown> = {}) {
  const context = contextOf(stage, settings);
  const app = new App({ context });
  return viewOf(app, new PipelineStack(app, readSettings(context)));
}

/** The dashboard of a stage, likewise, and the pipeline that it stands on. */
export function synthDashboard(stage: string, settings: Record<string, unknown> = {}) {
  const context = contextOf(stage, settings);
  const app = new App({ context });
  const pipeline = new PipelineStack(app, readSettings(context));
  const dashboard = new DashboardStack(app, readSettings(context), pipeline);
  return { ...viewOf(app, dashboard), pipeline: viewOf(app, pipeline) };
}

export type View = ReturnType<typeof viewOf>;

function viewOf(app: App, stack: Stack) {
  const template = Template.fromStack(stack);
  const resources = template.toJSON()['Resources'] as Record<string, Resource>;
  const properties = (type: string, name: string) => {
    const found = ofType(resources, type)[name];
    if (!found) throw new Error(`the template has no ${type} ${name}`);
    return found.Properties;
  };
  return { app, stack, template, resources, properties, ofType: (type: string) => ofType(resources, type) };
}

/** The resources of a type by their logical ids without CDK's hash. */
function ofType(resources: Record<string, Resource>, type: string): Record<string, Resource> {
  const found = Object.entries(resources).filter(([, resource]) => resource.Type === type);
  return Object.fromEntries(found.map(([id, resource]) => [withoutHash(id), resource]));
}

const withoutHash = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '');

/** An intrinsic as a person would write it: `{Storage.Arn}/source/*`, and `{LeadRelay-dev:Storage.Arn}` for one of another stack. */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
    'Fn::ImportValue': imported,
  } = value as {
    Ref?: string;
    'Fn::GetAtt'?: [string, string];
    'Fn::Join'?: [string, unknown[]];
    'Fn::ImportValue'?: string;
  };
  if (Ref) return Ref.startsWith('AWS::') ? `{${Ref}}` : `{${withoutHash(Ref)}}`;
  if (attribute) return `{${withoutHash(attribute[0])}.${attribute[1]}}`;
  if (join) return join[1].map(readable).join(join[0]);
  if (imported) return ofAnotherStack(imported);
  throw new Error(`cannot read ${JSON.stringify(value)}`);
}

/** CDK names an export `{stack}:ExportsOutputFnGetAtt{logical id}{attribute}{hash}`. */
function ofAnotherStack(name: string): string {
  const [, stack = '', id = '', attribute = ''] =
    /^([\w-]+):ExportsOutput(?:Ref|FnGetAtt)(\w+?)[0-9A-F]{8}(\w*?)[0-9A-F]{8}$/.exec(name) ?? [];
  return `{${stack}:${id}${attribute && '.'}${attribute}}`;
}

export interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: unknown;
}

/** The statements of a policy document, one line each: `Allow s3:PutObject on {Storage.Arn}/source/*`. */
export function statements(document: unknown): string[] {
  return (document as { Statement: Statement[] }).Statement.map(
    ({ Effect, Action, Resource }) => `${Effect} ${listed(Action)} on ${listed(Resource)}`,
  ).sort();
}

const listed = (value: unknown) => (Array.isArray(value) ? value.map(readable) : [readable(value)]).sort().join(' ');
