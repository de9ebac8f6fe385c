import { describe, expect, it } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { readable, synth } from './synth.ts';

const { template, ofType, properties } = synth('dev');

const pathOf = (id: string): string => {
  const resource = ofType('AWS::ApiGateway::Resource')[id];
  if (!resource) return '';
  return `${pathOf(nameIn(resource.Properties['ParentId']))}/${String(resource.Properties['PathPart'])}`;
};
/** The logical id in a reference. */
const nameIn = (reference: unknown) => readable(reference).replace(/^\{([^.}]+).*$/, '$1');
const routes = () =>
  Object.values(ofType('AWS::ApiGateway::Method'))
    .map(({ Properties }) => `${String(Properties['HttpMethod'])} ${pathOf(nameIn(Properties['ResourceId']))}`)
    .sort();

describe('the API', () => {
  it('has an address for each vendor and the old ones of Close and Meta, and no other', () => {
    expect(routes()).toEqual([
      'GET /api/meta/webhook',
      'GET /webhook',
      'GET /webhooks/{source}',
      'POST /api/meta/webhook',
      'POST /crm/webhook',
      'POST /webhook',
      'POST /webhooks/{source}',
    ]);
  });

  it('hands every request to ingest as it came', () => {
    for (const { Properties } of Object.values(ofType('AWS::ApiGateway::Method'))) {
      expect(Properties).toMatchObject({ AuthorizationType: 'NONE', Integration: { Type: 'AWS_PROXY' } });
      expect(readable((Properties['Integration'] as { Uri: unknown }).Uri)).toContain('{IntakeIngestFunction.Arn}');
    }
  });

  it('may be called by API Gateway on these routes of this stage only', () => {
    const from = Object.values(ofType('AWS::Lambda::Permission'))
      .filter(({ Properties }) => Properties['Principal'] === 'apigateway.amazonaws.com')
      .map(({ Properties }) => readable(Properties['SourceArn']));
    expect(from.map((arn) => String(arn.split('{IntakeWebhooksApi}')[1])).sort()).toEqual([
      '/{IntakeWebhooksApiDeploymentStagedev}/GET/api/meta/webhook',
      '/{IntakeWebhooksApiDeploymentStagedev}/GET/webhook',
      '/{IntakeWebhooksApiDeploymentStagedev}/GET/webhooks/*',
      '/{IntakeWebhooksApiDeploymentStagedev}/POST/api/meta/webhook',
      '/{IntakeWebhooksApiDeploymentStagedev}/POST/crm/webhook',
      '/{IntakeWebhooksApiDeploymentStagedev}/POST/webhook',
      '/{IntakeWebhooksApiDeploymentStagedev}/POST/webhooks/*',
    ]);
  });

  it('takes bodies as bytes, which is what vendors sign', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Name: 'lead-relay-dev',
      BinaryMediaTypes: ['*/*'],
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  it('is throttled, and logs neither bodies nor headers nor queries', () => {
    const stage = properties('AWS::ApiGateway::Stage', 'IntakeWebhooksApiDeploymentStagedev') as {
      AccessLogSetting: { Format: string };
    };
    expect(stage).toMatchObject({
      StageName: 'dev',
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 50,
          ThrottlingBurstLimit: 100,
          LoggingLevel: 'ERROR',
          DataTraceEnabled: false,
        },
      ],
    });
    expect(Object.values(JSON.parse(stage.AccessLogSetting.Format) as object)).toEqual([
      '$context.requestTime',
      '$context.requestId',
      '$context.identity.sourceIp',
      '$context.httpMethod',
      '$context.resourcePath',
      '$context.status',
      '$context.error.responseType',
      '$context.responseLatency',
    ]);
  });

  it('takes its throttle from the setting', () => {
    synth('dev', { throttle: { rate: 5, burst: 7 } }).template.hasResourceProperties('AWS::ApiGateway::Stage', {
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 7 })],
    });
  });

  it.each([
    ['MISSING_AUTHENTICATION_TOKEN', '404', {}],
    ['REQUEST_TOO_LARGE', '413', {}],
    ['THROTTLED', '429', { 'gatewayresponse.header.Retry-After': "'30'" }],
    ['DEFAULT_5XX', '503', { 'gatewayresponse.header.Retry-After': "'30'" }],
  ])('answers %s with %s', (ResponseType, StatusCode, ResponseParameters) => {
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType,
      StatusCode,
      ResponseParameters,
    });
  });

  it('is known to ingest by its id and the name of the stage', () => {
    const ingest = properties('AWS::Lambda::Function', 'IntakeIngestFunction') as {
      Environment: { Variables: Record<string, unknown> };
    };
    expect(readable(ingest.Environment.Variables['PUBLIC_URL'])).toBe(
      'https://{IntakeWebhooksApi}.execute-api.{AWS::Region}.{AWS::URLSuffix}/dev',
    );
  });

  it('may write its logs also when this stage is gone, since the account has one role for all APIs', () => {
    template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    expect(ofType('AWS::IAM::Role')['IntakeWebhooksApiCloudWatchRole']).toMatchObject({ DeletionPolicy: 'Retain' });
  });
});

describe('the firewall', () => {
  const acl = properties('AWS::WAFv2::WebACL', 'IntakeWebhooksWebAcl') as {
    DefaultAction: object;
    Rules: { Name: string; Action?: object; Statement: Record<string, Record<string, unknown>> }[];
  };
  const webhooks = {
    OrStatement: {
      Statements: ['/webhooks/', '/crm/webhook', '/webhook', '/api/meta/webhook'].map((SearchString) => ({
        ByteMatchStatement: {
          SearchString,
          FieldToMatch: { UriPath: {} },
          PositionalConstraint: 'CONTAINS',
          TextTransformations: [{ Priority: 0, Type: 'NONE' }],
        },
      })),
    },
  };

  it('stops a flood of webhooks from one address, and looks into none of them', () => {
    const [flood, ...groups] = acl.Rules;
    expect(flood).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 10_000, ScopeDownStatement: webhooks } },
    });
    expect(groups.map(({ Name }) => Name)).toEqual([
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
    for (const { Statement } of groups) {
      expect(Statement['ManagedRuleGroupStatement']?.['ScopeDownStatement']).toEqual({
        NotStatement: { Statement: webhooks },
      });
    }
  });

  it('only counts what its groups say of bodies, since a note of a sales person may hold anything', () => {
    const overrides = acl.Rules.flatMap(({ Statement }) => {
      const group = Statement['ManagedRuleGroupStatement'] as { RuleActionOverrides?: { Name: string }[] } | undefined;
      return group?.RuleActionOverrides ?? [];
    });
    expect(overrides).toEqual(
      ['CrossSiteScripting', 'EC2MetaDataSSRF', 'GenericLFI', 'GenericRFI', 'SizeRestrictions'].map((rule) => ({
        Name: `${rule}_BODY`,
        ActionToUse: { Count: {} },
      })),
    );
  });

  it('stands before the stage of the API', () => {
    const association = properties('AWS::WAFv2::WebACLAssociation', 'IntakeWebhooksWebAclAssociation');
    expect(readable(association['ResourceArn'])).toMatch(
      /restapis\/\{IntakeWebhooksApi\}\/stages\/\{IntakeWebhooksApiDeploymentStagedev\}$/,
    );
  });

  it('keeps no samples of requests, which would show signatures', () => {
    expect(JSON.stringify(acl)).not.toContain('"SampledRequestsEnabled":true');
  });

  it('is absent where the setting waf is off, and its rate is the setting webhookRateLimit', () => {
    synth('dev', { waf: false }).template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    const limited = JSON.stringify(synth('dev', { webhookRateLimit: 77 }).ofType('AWS::WAFv2::WebACL'));
    expect(limited).toContain('"Limit":77');
  });
});
