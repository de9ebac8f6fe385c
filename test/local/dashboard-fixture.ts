import { join } from 'node:path';
import { readTemplate, type Template } from '../../local/template/template.ts';
import type { EditableTemplate } from '../e2e/assembly.ts';
import { fixtureTemplate } from './fixture.ts';

const attribute = (id: string, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] });
const joined = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

/** The built web site of the fixture. */
export const siteFolder = join(import.meta.dirname, 'fixtures/site');

/** Gives the fixture what a dashboard needs: users, an API of its own behind an authorizer, and a distribution in front of both APIs. */
export function addDashboard({ Resources }: EditableTemplate) {
  // An API of the same path would be the dashboard's.
  for (const id of ['Leads', 'GetLeads', 'MayGetLeads']) delete Resources[id];
  Object.assign(Resources, structuredClone({ ...users, ...api, ...site }));
}

const users = {
  Pool: { Type: 'AWS::Cognito::UserPool', Properties: { MfaConfiguration: 'OPTIONAL' } },
  Client: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      CallbackURLs: [joined('https://', attribute('Distribution', 'DomainName'), '/signed-in')],
      LogoutURLs: [joined('https://', attribute('Distribution', 'DomainName'), '/')],
      IdTokenValidity: 60,
      TokenValidityUnits: { IdToken: 'minutes' },
    },
  },
  Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { Domain: 'fixture', UserPoolId: { Ref: 'Pool' } } },
};

const lambda = 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/';

const api = {
  OwnApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Own' } },
  OwnStage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'OwnApi' }, StageName: 'v2' } },
  OwnPath: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'OwnApi' }, ParentId: attribute('OwnApi', 'RootResourceId'), PathPart: 'api' },
  },
  OwnProxy: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'OwnApi' }, ParentId: { Ref: 'OwnPath' }, PathPart: '{proxy+}' },
  },
  Authorizer: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      Name: 'users',
      RestApiId: { Ref: 'OwnApi' },
      Type: 'COGNITO_USER_POOLS',
      ProviderARNs: [attribute('Pool')],
      IdentitySource: 'method.request.header.Authorization',
    },
  },
  OwnAny: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      HttpMethod: 'ANY',
      RestApiId: { Ref: 'OwnApi' },
      ResourceId: { Ref: 'OwnProxy' },
      AuthorizationType: 'COGNITO_USER_POOLS',
      AuthorizerId: { Ref: 'Authorizer' },
      Integration: {
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
        Uri: joined(lambda, attribute('Function'), '/invocations'),
      },
    },
  },
  MayOwn: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: attribute('Function'),
      Principal: 'apigateway.amazonaws.com',
      SourceArn: joined(
        'arn:aws:execute-api:us-east-1:',
        { Ref: 'AWS::AccountId' },
        ':',
        { Ref: 'OwnApi' },
        '/v2/*/api/*',
      ),
    },
  },
  SignedOut: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: { Ref: 'OwnApi' },
      ResponseType: 'UNAUTHORIZED',
      StatusCode: '401',
      ResponseTemplates: { 'application/json': '{"success":false,"code":"not_signed_in"}' },
    },
  },
};

const origin = (id: string, of: string, stage: string) => ({
  Id: id,
  DomainName: joined({ Ref: of }, '.execute-api.us-east-1.', { Ref: 'AWS::URLSuffix' }),
  OriginPath: `/${stage}`,
  CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
});
const every = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
const toApi = (PathPattern: string, TargetOriginId: string) => ({
  PathPattern,
  TargetOriginId,
  AllowedMethods: every,
  ViewerProtocolPolicy: 'https-only',
});

const site = {
  Web: { Type: 'AWS::S3::Bucket', Properties: {} },
  Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: {} },
  Router: {
    Type: 'AWS::CloudFront::Function',
    Properties: {
      Name: 'router',
      AutoPublish: true,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0', Comment: '' },
      FunctionCode: `function handler(event) {
        var request = event.request;
        if (request.uri === '/old') return { statusCode: 302, headers: { location: { value: '/new' } } };
        if (!request.uri.split('/').pop().includes('.')) request.uri = '/index.html';
        return request;
      }`,
    },
  },
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name: 'headers',
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: joined(
              "default-src 'none'; script-src 'self'; connect-src 'self' https://cognito-idp.",
              { Ref: 'AWS::Region' },
              ".amazonaws.com https://fixture.auth.us-east-1.amazoncognito.com https://else.example; base-uri 'none'",
            ),
            Override: true,
          },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
        },
        CustomHeadersConfig: { Items: [{ Header: 'Permissions-Policy', Value: 'camera=()', Override: true }] },
      },
    },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [
          {
            Id: 'web',
            DomainName: attribute('Web', 'RegionalDomainName'),
            S3OriginConfig: {},
            OriginAccessControlId: 'x',
          },
          origin('hooks', 'Api', 'v1'),
          origin('own', 'OwnApi', 'v2'),
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'web',
          Compress: true,
          ViewerProtocolPolicy: 'redirect-to-https',
          FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: attribute('Router', 'FunctionARN') }],
          ResponseHeadersPolicyId: { Ref: 'Headers' },
        },
        CacheBehaviors: [toApi('/api/webhook', 'hooks'), toApi('/api/*', 'own')],
      },
    },
  },
};

/** The fixture with a dashboard as the loader sees it, changed by `edit`. */
export function dashboardTemplate(edit: (template: EditableTemplate) => void = () => {}): Template {
  const template = fixtureTemplate();
  addDashboard(template);
  edit(template);
  const stack = { name: 'Fixture', directory: '/tmp', resources: template.Resources, parameters: {}, outputs: {} };
  return readTemplate([stack], 'http://127.0.0.1:4566');
}

/** A development user of the fixture. */
export const member = (role: 'admin' | 'manager' | 'rep' = 'rep', tenant = 'acme') => ({
  sub: `00000000-0000-4000-8000-${tenant}-${role}`,
  email: `${role}@${tenant}.example`,
  name: `Zoë ${role}`,
  role,
  tenant,
});
