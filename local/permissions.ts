import { StartError } from './start-error.ts';
import type { Resource, Template } from './template/template.ts';

/** Whether a role may do this to that. Conditions are not emulated: a conditional Allow allows, a conditional Deny denies nothing. */
export type Allowed = (action: string, resource: string) => boolean;

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
  Condition?: unknown;
}

/** What the role of a function allows: its own statements and those of the policies attached to it. */
export function permissionsOf(fn: Resource<'AWS::Lambda::Function'>, template: Template): Allowed {
  const role = template.of('AWS::IAM::Role').find(({ arn, ref }) => [arn, ref].includes(fn.properties.Role));
  if (!role) throw new StartError(`The role of ${fn.id} is not in the template.`);
  const { ManagedPolicyArns = [], Policies = [] } = role.properties;
  if (ManagedPolicyArns.length > 0) {
    throw new StartError(
      `The role of ${fn.id} has policies that AWS manages, whose statements the local run does not know.`,
    );
  }
  const attached = template.of('AWS::IAM::Policy').filter(({ properties }) => properties.Roles.includes(role.ref));
  const documents = [
    ...Policies.map((one) => one.PolicyDocument),
    ...attached.map((one) => one.properties.PolicyDocument),
  ];
  return allowedBy(documents.flatMap((document): Statement[] => document.Statement));
}

/** What statements allow; an explicit Deny wins. */
export function allowedBy(statements: Statement[]): Allowed {
  const compiled = statements
    .filter(({ Effect, Condition }) => Effect === 'Allow' || Condition === undefined)
    .map(({ Effect, Action, Resource }) => ({
      Effect,
      actions: Action.map(anyCase),
      resources: Resource.map(pattern),
    }));
  const decided = new Map<string, boolean>();
  const decide = (action: string, resource: string) => {
    const matching = compiled.filter(
      ({ actions, resources }) =>
        actions.some((one) => one.test(action)) && resources.some((one) => one.test(resource)),
    );
    return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
  };
  return (action, resource) => {
    const question = `${action} ${resource}`;
    const answer = decided.get(question) ?? decide(action, resource);
    if (decided.size < 10_000) decided.set(question, answer);
    return answer;
  };
}

const source = (text: string) =>
  `^${text
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')}$`;
/** A text with `*` and `?` as IAM reads them. */
export const pattern = (text: string) => new RegExp(source(text), 's');
const anyCase = (text: string) => new RegExp(source(text), 'is');
