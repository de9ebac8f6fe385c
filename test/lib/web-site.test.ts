import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { readable, statements, type Statement, synthDashboard } from './synth.ts';

const { ofType, properties, template } = synthDashboard('prod');

interface Behaviour {
  PathPattern?: string;
  TargetOriginId: string;
  AllowedMethods?: string[];
  CachePolicyId: string;
  OriginRequestPolicyId?: string;
  ViewerProtocolPolicy: string;
  ResponseHeadersPolicyId?: unknown;
  FunctionAssociations?: { EventType: string; FunctionARN: unknown }[];
}
interface Config {
  DefaultRootObject: string;
  DefaultCacheBehavior: Behaviour;
  CacheBehaviors: Behaviour[];
  CustomErrorResponses?: unknown;
  Aliases?: string[];
  ViewerCertificate?: object;
  Logging?: object;
  HttpVersion: string;
  Origins: {
    Id: string;
    DomainName: unknown;
    OriginPath?: string;
    OriginAccessControlId?: unknown;
    CustomOriginConfig?: object;
  }[];
}

const configOf = (view: Pick<ReturnType<typeof synthDashboard>, 'properties'>) =>
  view.properties('AWS::CloudFront::Distribution', 'SiteDistribution')['DistributionConfig'] as Config;
const config = configOf({ properties });
const originOf = ({ TargetOriginId }: Behaviour) => config.Origins.find(({ Id }) => Id === TargetOriginId);

/** CloudFront's own policies, by the names that AWS gives them. */
const optimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

describe('the dashboard’s address', () => {
  it('hands Meta’s webhook to the webhooks’ API before everything else under /api goes to the dashboard’s', () => {
    const ways = config.CacheBehaviors.map((behaviour) => [
      behaviour.PathPattern,
      readable(originOf(behaviour)?.DomainName),
      originOf(behaviour)?.OriginPath,
    ]);
    const host = (api: string) => `${api}.execute-api.{AWS::Region}.{AWS::URLSuffix}`;
    expect(ways).toEqual([
      ['/api/meta/webhook', host('{LeadRelay-prod:IntakeWebhooksApi}'), '/prod'],
      ['/api/*', host('{GatewayApi}'), '/prod'],
    ]);
  });

  it('keeps nothing of what the APIs answer, and hands on everything but the name of the host', () => {
    for (const behaviour of config.CacheBehaviors) {
      expect(behaviour).toMatchObject({
        CachePolicyId: cachingDisabled,
        OriginRequestPolicyId: allViewerExceptHostHeader,
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
        ViewerProtocolPolicy: 'https-only',
      });
      expect(behaviour).not.toHaveProperty('FunctionAssociations');
      expect(originOf(behaviour)?.CustomOriginConfig).toEqual({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      });
    }
  });

  it('serves files of the bucket, over HTTPS only, with the page’s headers', () => {
    const behaviour = config.DefaultCacheBehavior;
    expect(behaviour).toMatchObject({ CachePolicyId: optimized, ViewerProtocolPolicy: 'redirect-to-https' });
    expect(behaviour).not.toHaveProperty('AllowedMethods');
    expect(readable(behaviour.ResponseHeadersPolicyId)).toBe('{SiteHeaders}');
    expect(readable(originOf(behaviour)?.DomainName)).toBe('{SiteBucket.RegionalDomainName}');
    expect(config).toMatchObject({ DefaultRootObject: 'index.html', HttpVersion: 'http2and3', Enabled: true });
  });

  it('writes no log of its own, which would hold the codes of sign-ins', () => {
    expect(config).not.toHaveProperty('Logging');
  });

  it('can be a name of one’s own, with TLS 1.2 at least, where people then come back to', () => {
    const name = 'leads.example.org';
    const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1a2b';
    const view = synthDashboard('dev', { dashboardDomain: { name, certificateArn } });
    expect(configOf(view)).toMatchObject({
      Aliases: [name],
      ViewerCertificate: {
        AcmCertificateArn: certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
    expect(view.properties('AWS::Cognito::UserPoolClient', 'UsersClient')).toMatchObject({
      CallbackURLs: [`https://${name}/signed-in`],
      LogoutURLs: [`https://${name}/`],
    });
    expect(config).not.toHaveProperty('Aliases');
  });
});

describe('routes', () => {
  const { FunctionCode, FunctionConfig } = properties('AWS::CloudFront::Function', 'SiteRoutes') as {
    FunctionCode: string;
    FunctionConfig: object;
  };
  const routed = (uri: string) =>
    (
      runInContext(
        `${FunctionCode};handler({ request: ${JSON.stringify({ uri, method: 'GET' })} })`,
        createContext(),
      ) as {
        uri: string;
      }
    ).uri;

  it.each([
    ['/', '/index.html'],
    ['/leads', '/index.html'],
    ['/leads/lead_abc', '/index.html'],
    ['/leads/', '/index.html'],
    ['/v1.2/leads', '/index.html'],
    ['/signed-in', '/index.html'],
    ['/index.html', '/index.html'],
    ['/config.json', '/config.json'],
    ['/assets/index-B1c2.js', '/assets/index-B1c2.js'],
    ['/assets/gone-0000.js', '/assets/gone-0000.js'],
  ])('%s is %s', (uri, file) => {
    expect(routed(uri)).toBe(file);
  });

  it('are a function on the pages alone, never an answer to an error, which the APIs’ errors would get too', () => {
    expect(config).not.toHaveProperty('CustomErrorResponses');
    expect(FunctionConfig).toMatchObject({ Runtime: 'cloudfront-js-2.0' });
    const associations = config.DefaultCacheBehavior.FunctionAssociations ?? [];
    expect(associations.map(({ EventType, FunctionARN }) => [EventType, readable(FunctionARN)])).toEqual([
      ['viewer-request', '{SiteRoutes.FunctionARN}'],
    ]);
  });
});

describe('what browsers are told', () => {
  const policy = properties('AWS::CloudFront::ResponseHeadersPolicy', 'SiteHeaders')['ResponseHeadersPolicyConfig'] as {
    SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: unknown } };
    CustomHeadersConfig: { Items: { Header: string; Value: string; Override: boolean }[] };
  };
  const csp = readable(policy.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);

  it('is to load nothing but our files, and to talk to here and to sign-in only', () => {
    expect(csp.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self' https://cognito-idp.{AWS::Region}.amazonaws.com https://lead-relay-prod-{AWS::AccountId}.auth.{AWS::Region}.amazoncognito.com",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(csp).not.toContain('unsafe');
  });

  it('is to guess no type, show it in no frame, tell nobody where they were, and come by HTTPS', () => {
    expect(policy.SecurityHeadersConfig).toMatchObject({
      ContentSecurityPolicy: { Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
    });
  });

  it('is to ask for no camera, and to share the window and the files with no other site', () => {
    const headers = Object.fromEntries(policy.CustomHeadersConfig.Items.map(({ Header, Value }) => [Header, Value]));
    expect(headers).toEqual({
      'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
  });
});

describe('the bucket of the web site', () => {
  it('is private, encrypted and versioned, and keeps what was replaced for 30 days', () => {
    template.resourceCountIs('AWS::S3::Bucket', 1);
    expect(properties('AWS::S3::Bucket', 'SiteBucket')).toEqual({
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'replaced',
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            Status: 'Enabled',
          },
        ],
      },
    });
  });

  it('is read by this distribution, over TLS 1.2, and by nobody else', () => {
    const policy = properties('AWS::S3::BucketPolicy', 'SiteBucketPolicy')['PolicyDocument'];
    expect(statements(policy)).toEqual([
      'Allow s3:GetObject on {SiteBucket.Arn}/*',
      'Deny s3:* on {SiteBucket.Arn} {SiteBucket.Arn}/*',
      'Deny s3:* on {SiteBucket.Arn} {SiteBucket.Arn}/*',
    ]);
    const allowing = (policy as { Statement: Statement[] }).Statement.find(({ Effect }) => Effect === 'Allow');
    expect(allowing?.Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
    const { StringEquals } = (allowing?.Condition ?? {}) as { StringEquals: Record<string, unknown> };
    expect(Object.keys(StringEquals)).toEqual(['AWS:SourceArn']);
    expect(readable(StringEquals['AWS:SourceArn'])).toBe(
      'arn:{AWS::Partition}:cloudfront::{AWS::AccountId}:distribution/{SiteDistribution}',
    );
  });

  it('is asked by CloudFront with a signature of its own (OAC)', () => {
    const [control] = Object.values(ofType('AWS::CloudFront::OriginAccessControl'));
    expect(control?.Properties['OriginAccessControlConfig']).toMatchObject({
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    });
    const origin = originOf(config.DefaultCacheBehavior);
    expect(readable(origin?.OriginAccessControlId)).toMatch(/OriginAccessControl\.Id\}$/);
    expect(origin).not.toHaveProperty('CustomOriginConfig');
  });
});
