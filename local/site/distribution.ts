import { pattern } from '../permissions.ts';
import { StartError } from '../start-error.ts';
import type { Resource, Template } from '../template/template.ts';

/** A part of the paths that CloudFront hands to an API. */
export interface Behaviour {
  pattern: string;
  matches: (path: string) => boolean;
  methods: string[];
  apiId: string;
}

/** The one distribution of the stage; nothing where it has none. */
export function distributionOf(template: Template): Resource<'AWS::CloudFront::Distribution'> | undefined {
  const [distribution, ...others] = template.of('AWS::CloudFront::Distribution');
  if (others.length > 0) throw new StartError('The local run knows one distribution only.');
  return distribution;
}

/** The behaviours beside the default one, in their order: the first that matches a path has it. */
export function behavioursOf(template: Template): Behaviour[] {
  const distribution = distributionOf(template);
  if (!distribution) return [];
  const { CacheBehaviors, Origins } = distribution.properties.DistributionConfig;
  return CacheBehaviors.map(({ PathPattern, TargetOriginId, AllowedMethods }) => {
    const origin = Origins.find(({ Id }) => Id === TargetOriginId);
    const api = template
      .of('AWS::ApiGateway::RestApi')
      .find(({ ref }) => origin?.DomainName.startsWith(`${ref}.execute-api.`));
    if (!api) throw new StartError(`The local run does not know where ${PathPattern} of ${distribution.id} leads to.`);
    const compiled = pattern(PathPattern);
    return {
      pattern: PathPattern,
      matches: (path) => compiled.test(path),
      methods: AllowedMethods,
      apiId: api.ref,
    };
  });
}
