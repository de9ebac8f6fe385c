import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
}

/** A stage as it would be deployed: the resources of its stacks, and the bundle of each step that a lead meets. */
export interface Assembly {
  resources: Resource[];
  steps: StepBundle[];
}

export interface StepBundle {
  step: string;
  file: string;
  /** Its variables, with something filled in where CloudFormation would. */
  environment: Record<string, string>;
}

/** Synthesizes a stage into a folder. */
export function synthesize(stage: string, folder: string): Assembly {
  const { context } = JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8')) as { context: object };
  const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage }) };
  execFileSync(process.execPath, ['bin/app.ts'], { cwd: project, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const all = readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => Object.entries(resourcesIn(join(folder, file))));
  const steps = all.flatMap(([id, resource]) => stepOf(id, resource, folder));
  return { resources: all.map(([, resource]) => resource), steps };
}

const resourcesIn = (template: string) =>
  (JSON.parse(readFileSync(template, 'utf8')) as { Resources: Record<string, Resource> }).Resources;

/** A function's id contains its step's name. */
function stepOf(id: string, { Type, Properties, Metadata = {} }: Resource, folder: string): StepBundle[] {
  const step = /(Ingest|Capture|Process)Function/.exec(id)?.[1]?.toLowerCase();
  if (Type !== 'AWS::Lambda::Function' || !step) return [];
  const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
  const filled = Object.entries(Variables).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : 'https://filled.in',
  ]);
  const environment = Object.fromEntries(filled) as Record<string, string>;
  return [{ step, file: join(folder, String(Metadata['aws:asset:path']), 'index.mjs'), environment }];
}
