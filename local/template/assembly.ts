import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

/** One resource as it stands in a template. */
export interface RawResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  Condition?: string;
}

/** One stack of a cloud assembly. */
export interface Stack {
  name: string;
  directory: string;
  resources: Record<string, RawResource>;
  parameters: Record<string, { Default?: unknown }>;
  outputs: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

interface Manifest {
  artifacts: Record<string, { type: string; properties?: { templateFile?: string; stackName?: string } }>;
}

interface TemplateFile {
  Resources?: Stack['resources'];
  Parameters?: Stack['parameters'];
  Outputs?: Stack['outputs'];
}

/** The stacks of the cloud assembly in a folder. */
export function readAssembly(directory: string): Stack[] {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) throw new StartError(`There is no cloud assembly in ${directory}: manifest.json is missing.`);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, { properties }]) => {
      const path = join(directory, properties?.templateFile ?? `${id}.template.json`);
      const { Resources = {}, Parameters = {}, Outputs = {} } = JSON.parse(readFileSync(path, 'utf8')) as TemplateFile;
      return {
        name: properties?.stackName ?? id,
        directory,
        resources: Resources,
        parameters: Parameters,
        outputs: Outputs,
      };
    });
}
