import type { EditableTemplate } from './assembly.ts';

type Resource = EditableTemplate['Resources'][string];

/** The resources of a type whose logical id contains a text. */
export const resourcesOf = (template: EditableTemplate, type: string, id = ''): [string, Resource][] =>
  Object.entries(template.Resources).filter(([name, resource]) => resource.Type === type && name.includes(id));

/** The one resource of a type whose logical id begins with a text. */
export function resourceOf(template: EditableTemplate, type: string, id: string): Resource {
  const found = resourcesOf(template, type).filter(([name]) => name.startsWith(id));
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} resources of type ${type} begin with ${id}`);
  return only[1];
}

/** Sets variables of a step's function. */
export function setEnv(
  template: EditableTemplate,
  step: 'Ingest' | 'Capture' | 'Process',
  values: Record<string, string>,
): void {
  const [[, fn] = []] = resourcesOf(template, 'AWS::Lambda::Function', step);
  if (!fn) throw new Error(`no function of ${step}`);
  Object.assign(fn.Properties['Environment'].Variables, values);
}

/** Shortens how long a message stays hidden after a failure, so that a test need not wait for three of them. */
export function hideFor(
  template: EditableTemplate,
  queue: 'CaptureQueue' | 'OwnerQueue' | 'BulkQueue',
  seconds: number,
): void {
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::SQS::Queue', queue)) {
    if (!id.includes('DeadLetters')) Properties['VisibilityTimeout'] = seconds;
  }
}
