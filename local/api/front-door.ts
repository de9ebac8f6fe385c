import { behavioursOf, distributionOf } from '../site/distribution.ts';
import type { Template } from '../template/template.ts';
import type { Route } from './routes.ts';

/** Where a request goes: to an API, to the web site, or nowhere, since CloudFront does not let its method through. */
export type Way = { to: 'api'; apiId: string | undefined } | { to: 'site' } | { to: 'nowhere' };

/**
 * Finds the way of a request: by the behaviours of the distribution as CloudFront does, and else, since an API has no host of its own
 * here, to the API that has the first part of the path. What is left to look at is the web site's.
 */
export function frontDoor(template: Template, routes: Route[]): (method: string, path: string) => Way {
  const behaviours = behavioursOf(template);
  const throughDoor = new Set(behaviours.map(({ pattern }) => partOf(pattern)));
  const [first] = template.of('AWS::ApiGateway::RestApi');
  const direct = new Map(
    routes
      .toReversed()
      .map(({ resource, apiId }) => [partOf(resource), apiId] as const)
      .filter(([part]) => !throughDoor.has(part)),
  );
  const shown = distributionOf(template)?.properties.DistributionConfig.DefaultCacheBehavior.AllowedMethods ?? [];
  return (method, path) => {
    const behaviour = behaviours.find(({ matches }) => matches(path));
    if (behaviour && !behaviour.methods.includes(method)) return { to: 'nowhere' };
    const apiId = behaviour?.apiId ?? direct.get(partOf(path));
    if (apiId === undefined && shown.includes(method)) return { to: 'site' };
    return { to: 'api', apiId: apiId ?? first?.ref };
  };
}

/** `/webhooks` of `/webhooks/close`. */
const partOf = (path: string) => /^\/[^/]*/.exec(path)?.[0] ?? '/';
