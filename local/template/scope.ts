import type { Stack } from './assembly.ts';
import { noValue, resolve, type Scope } from './intrinsics.ts';
import { account, region, type ResourceType } from './resource-type.ts';
import { resourceType } from './resource-types.ts';

const pseudo: Record<string, unknown> = {
  'AWS::AccountId': account,
  'AWS::NoValue': noValue,
  'AWS::NotificationARNs': [],
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What references in a stack stand for. `aws` is the address of the services. */
export function scopeOf(stack: Stack, stacks: Stack[], aws: string): Scope {
  const scope: Scope = {
    ref(id) {
      if (Object.hasOwn(pseudo, id)) return pseudo[id];
      if (id === 'AWS::StackName') return stack.name;
      if (Object.hasOwn(stack.parameters, id)) return stack.parameters[id]?.Default;
      const type = typeOf(stack, id);
      const name = nameOf(stack, id, scope);
      return type.ref ? type.ref(name, aws) : name;
    },
    attribute(id, name) {
      const attribute = typeOf(stack, id).attributes?.[name];
      if (!attribute) throw new Error(`the attribute ${id}.${name} is not known`);
      return attribute(nameOf(stack, id, scope));
    },
    importValue(name) {
      for (const other of stacks) {
        const exporting = scopeOf(other, [], aws);
        const output = Object.values(other.outputs).find(
          (one) => one.Export && resolve(one.Export.Name, exporting) === name,
        );
        if (output) return resolve(output.Value, exporting);
      }
      throw new Error(`no stack exports ${name}`);
    },
  };
  return scope;
}

/** The physical name of a resource. */
export function nameOf(stack: Stack, id: string, scope: Scope): string {
  const type = typeOf(stack, id);
  const given = type.nameProperty && stack.resources[id]?.Properties?.[type.nameProperty];
  if (given !== undefined && given !== '') return String(resolve(given, scope));
  const made = `${stack.name}-${id}`;
  return type.made ? type.made(made) : made;
}

function typeOf(stack: Stack, id: string): ResourceType {
  const raw = stack.resources[id];
  if (!raw) throw new Error(`there is no ${id}`);
  const type = resourceType(raw.Type);
  if (!type) throw new Error(`${raw.Type} (${id}) is not known`);
  return type;
}
