import { pattern } from '../permissions.ts';
import type { Resource, Template } from '../template/template.ts';

/** Whether a function lets this part of a service, such as a method of an API or a rule, invoke it. */
export function mayInvoke(template: Template, functionArn: string, principal: string, caller: string): boolean {
  return template
    .of('AWS::Lambda::Permission')
    .some((permission) => allows(permission, functionArn, principal, caller));
}

function allows(
  { properties: { Action, FunctionName, Principal, SourceArn = '*' } }: Resource<'AWS::Lambda::Permission'>,
  functionArn: string,
  principal: string,
  caller: string,
): boolean {
  return (
    Action === 'lambda:InvokeFunction' &&
    (FunctionName === functionArn || functionArn.endsWith(`:${FunctionName}`)) &&
    Principal === principal &&
    pattern(SourceArn).test(caller)
  );
}
