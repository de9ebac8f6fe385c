import { mayInvoke } from '../functions/may-invoke.ts';
import { StartError } from '../start-error.ts';
import { arn } from '../template/resource-type.ts';
import type { Resource, Template } from '../template/template.ts';

/** A method of a REST API and the function behind it. */
export interface Route {
  method: string;
  /** `/webhooks/{source}` */
  resource: string;
  functionArn: string;
  timeoutMs: number;
  /** Whether the function lets the API invoke it. */
  isPermitted: boolean;
  /** The user pools whose ID tokens it asks for; nothing where everybody may call it. */
  poolArns: string[] | undefined;
  /** Whether bodies go through as bytes; else they are text. */
  isBinary: boolean;
  apiId: string;
  apiName: string;
  stage: string;
}

/** A route and what the placeholders of its path stand for. */
export interface Match {
  route: Route;
  pathParameters: Record<string, string> | null;
}

/** The routes of the deployed stages. An API without a stage has none. */
export function routesOf(template: Template): Route[] {
  const resources = new Map(template.of('AWS::ApiGateway::Resource').map((one) => [one.ref, one.properties]));
  const pathOf = (id: string): string => {
    const resource = resources.get(id);
    return resource ? `${pathOf(resource.ParentId)}/${resource.PathPart}` : '';
  };
  return template.of('AWS::ApiGateway::Method').flatMap(({ properties }): Route[] => {
    const { HttpMethod: method, ResourceId, RestApiId, Integration } = properties;
    const api = template.of('AWS::ApiGateway::RestApi').find(({ ref }) => ref === RestApiId);
    const stage = template.of('AWS::ApiGateway::Stage').find((one) => one.properties.RestApiId === RestApiId);
    const functionArn = /functions\/(.+)\/invocations$/.exec(Integration.Uri)?.[1];
    if (!api || !stage || !functionArn) return [];
    const resource = pathOf(ResourceId) || '/';
    const caller = arn('execute-api', `${RestApiId}/${stage.name}/${method}${resource}`);
    return [
      {
        method,
        resource,
        functionArn,
        timeoutMs: Integration.TimeoutInMillis,
        isPermitted: mayInvoke(template, functionArn, 'apigateway.amazonaws.com', caller),
        poolArns: poolsOf(properties, template),
        isBinary: api.properties.BinaryMediaTypes.length > 0,
        apiId: api.ref,
        apiName: api.properties.Name,
        stage: stage.name,
      },
    ];
  });
}

function poolsOf(
  { AuthorizationType, AuthorizerId }: Resource<'AWS::ApiGateway::Method'>['properties'],
  template: Template,
): string[] | undefined {
  if (AuthorizationType === 'NONE') return undefined;
  const authorizer = template.of('AWS::ApiGateway::Authorizer').find(({ ref }) => ref === AuthorizerId);
  if (!authorizer) throw new StartError(`The authorizer ${AuthorizerId} of a method is not in the template.`);
  return authorizer.properties.ProviderARNs;
}

/** The route of a request: a fixed part of a path wins over a placeholder. */
export function match(routes: Route[], method: string, path: string): Match | undefined {
  const segments = path.split('/').slice(1);
  const found = routes
    .filter((route) => route.method === method || route.method === 'ANY')
    .flatMap((route) => {
      const pathParameters = parametersOf(route.resource, segments);
      return pathParameters ? [{ route, pathParameters }] : [];
    })
    .sort((a, b) => Object.keys(a.pathParameters).length - Object.keys(b.pathParameters).length)[0];
  if (!found) return undefined;
  return { ...found, pathParameters: Object.keys(found.pathParameters).length > 0 ? found.pathParameters : null };
}

function parametersOf(resource: string, segments: string[]): Record<string, string> | undefined {
  const parts = resource.split('/').slice(1);
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const [, name, isGreedy] = /^\{([^+}]+)(\+?)\}$/.exec(part) ?? [];
    const given = isGreedy ? segments.slice(index).join('/') : segments[index];
    if (given === undefined || (name === undefined ? given !== part : given === '')) return undefined;
    if (name !== undefined) parameters[name] = given;
    if (isGreedy) return parameters;
  }
  return parts.length === segments.length ? parameters : undefined;
}
