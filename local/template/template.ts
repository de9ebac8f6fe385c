import { join } from 'node:path';
import type * as z from 'zod';
import { StartError } from '../start-error.ts';
import type { RawResource, Stack } from './assembly.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { emulatedTypes, resourceType } from './resource-types.ts';
import { nameOf, scopeOf } from './scope.ts';

export type TypeName = keyof typeof emulatedTypes;

/** A resource with its names, and its properties resolved and checked. */
export interface Resource<T extends TypeName> {
  id: string;
  name: string;
  ref: string;
  arn: string;
  /** The folder of its code, where it has any. */
  asset: string | undefined;
  properties: z.output<(typeof emulatedTypes)[T]['properties']>;
}

/** The synthesized template as the local run sees it. */
export interface Template {
  /** All resources of a type, in the order of the template. */
  of<T extends TypeName>(type: T): Resource<T>[];
}

/** Reads the stacks of an assembly. Throws a sentence that names the part which is not known. */
export function readTemplate(stacks: Stack[], aws: string): Template {
  const resources = new Map<string, Resource<TypeName>[]>();
  for (const stack of stacks) {
    const scope = scopeOf(stack, stacks, aws);
    for (const [id, raw] of Object.entries(stack.resources)) {
      if (!resourceType(raw.Type))
        throw new StartError(`The local run does not know ${raw.Type} (${id} in ${stack.name}).`);
      if (!Object.hasOwn(emulatedTypes, raw.Type)) continue;
      resources.set(raw.Type, [...(resources.get(raw.Type) ?? []), read(id, raw, stack, scope)]);
    }
  }
  return { of: (type) => resources.get(type) ?? [] };
}

function read(id: string, raw: RawResource, stack: Stack, scope: Scope): Resource<TypeName> {
  const type = emulatedTypes[raw.Type as TypeName];
  const where = `${raw.Type} ${id} in ${stack.name}`;
  if (raw.Condition) throw new StartError(`The local run does not know conditions (${where}).`);
  try {
    const result = type.properties.safeParse(resolve(raw.Properties ?? {}, scope));
    if (!result.success) throw new Error(problems(result.error));
    const asset = raw.Metadata?.['aws:asset:path'];
    const ref = String(scope.ref(id));
    return {
      id,
      ref,
      name: nameOf(stack, id, scope),
      arn: 'attributes' in type && 'Arn' in type.attributes ? scope.attribute(id, 'Arn') : ref,
      asset: typeof asset === 'string' ? join(stack.directory, asset) : undefined,
      properties: result.data,
    };
  } catch (error) {
    throw new StartError(`The local run does not know this part of ${where}: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

function problems(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => [path.map(String).join('.'), message].filter(Boolean).join(': '))
    .join('; ');
}
