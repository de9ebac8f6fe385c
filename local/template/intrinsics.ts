/** Where references of a template lead; each throws where they lead nowhere. */
export interface Scope {
  ref(id: string): unknown;
  attribute(id: string, name: string): string;
  importValue(name: string): unknown;
}

/** What CloudFormation leaves out. */
export const noValue = Symbol('AWS::NoValue');

/** A value of a template with all its intrinsic functions worked out. Throws on one that it does not know. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && (name === 'Ref' || name?.startsWith('Fn::'))) return call(name, argument, scope);
  const resolved = entries.map(([key, item]) => [key, resolve(item, scope)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== noValue));
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const known = functions[name as keyof typeof functions];
  if (!known) throw new Error(`the intrinsic function ${name} is not known`);
  return known(argument, scope);
}

const functions = {
  Ref: (argument: unknown, scope: Scope) => scope.ref(text(argument)),
  'Fn::GetAtt': (argument: unknown, scope: Scope) => {
    const [id = '', ...rest] = typeof argument === 'string' ? argument.split('.') : list(argument).map(text);
    return scope.attribute(id, rest.join('.'));
  },
  'Fn::Join': (argument: unknown, scope: Scope) => {
    const [separator, items] = list(argument);
    return list(resolve(items, scope)).map(text).join(text(separator));
  },
  'Fn::Split': (argument: unknown, scope: Scope) => {
    const [separator, source] = list(argument);
    return text(resolve(source, scope)).split(text(separator));
  },
  'Fn::Select': (argument: unknown, scope: Scope) => {
    const [index, items] = list(argument);
    const chosen = list(resolve(items, scope))[Number(index)];
    if (chosen === undefined) throw new Error(`Fn::Select finds nothing at ${String(index)}`);
    return chosen;
  },
  'Fn::Sub': (argument: unknown, scope: Scope) => {
    const [pattern, variables = {}] = typeof argument === 'string' ? [argument] : list(argument);
    const own = resolve(variables, scope) as Record<string, unknown>;
    return text(pattern).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(own, name)) return text(own[name]);
      const [id = '', ...rest] = name.split('.');
      return text(rest.length > 0 ? scope.attribute(id, rest.join('.')) : scope.ref(id));
    });
  },
  'Fn::ImportValue': (argument: unknown, scope: Scope) => scope.importValue(text(resolve(argument, scope))),
};

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`a text is expected where ${JSON.stringify(value)} stands`);
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`a list is expected where ${JSON.stringify(value)} stands`);
}
