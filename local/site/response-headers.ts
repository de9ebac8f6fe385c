import type { Template } from '../template/template.ts';
import { distributionOf } from './distribution.ts';

/** The headers that the response headers policy of the default behaviour adds, with the addresses of this machine in the CSP. */
export function responseHeadersOf(template: Template, publicUrl: string): Record<string, string> {
  const id = distributionOf(template)?.properties.DistributionConfig.DefaultCacheBehavior.ResponseHeadersPolicyId;
  const policy = template.of('AWS::CloudFront::ResponseHeadersPolicy').find(({ ref }) => ref === id);
  const { SecurityHeadersConfig: security, CustomHeadersConfig: own } =
    policy?.properties.ResponseHeadersPolicyConfig ?? {};
  const transport = security?.StrictTransportSecurity;
  const headers = {
    'content-security-policy': inPlace(security?.ContentSecurityPolicy?.ContentSecurityPolicy, template, publicUrl),
    'x-content-type-options': security?.ContentTypeOptions && 'nosniff',
    'x-frame-options': security?.FrameOptions?.FrameOption,
    'referrer-policy': security?.ReferrerPolicy?.ReferrerPolicy,
    'strict-transport-security':
      transport &&
      [
        `max-age=${transport.AccessControlMaxAgeSec}`,
        ...(transport.IncludeSubdomains ? ['includeSubDomains'] : []),
        ...(transport.Preload ? ['preload'] : []),
      ].join('; '),
    ...Object.fromEntries(own?.Items.map(({ Header, Value }) => [Header.toLowerCase(), Value]) ?? []),
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The provider stands here where the user pool's hosts stand in the template. */
function inPlace(policy: string | undefined, template: Template, publicUrl: string): string | undefined {
  const pools = template.of('AWS::Cognito::UserPool').map(({ ref }) => ref.split('_')[0]);
  const domains = template.of('AWS::Cognito::UserPoolDomain').map(({ name }) => name);
  const hosts = [
    ...pools.map((region) => `https://cognito-idp.${region}.amazonaws.com`),
    ...domains.flatMap((domain) => pools.map((region) => `https://${domain}.auth.${region}.amazoncognito.com`)),
    ...domains.filter((domain) => domain.includes('.')).map((domain) => `https://${domain}`),
  ];
  return policy
    ?.split(/; */)
    .map((directive) =>
      [...new Set(directive.split(' ').map((word) => (hosts.includes(word) ? publicUrl : word)))].join(' '),
    )
    .join('; ');
}
