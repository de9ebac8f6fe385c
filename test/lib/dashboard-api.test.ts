import { describe, expect, it } from '@jest/globals';
import { readable, synthDashboard } from './synth.ts';

const { template, ofType, properties } = synthDashboard('prod');
const methods = Object.values(ofType('AWS::ApiGateway::Method')).map(({ Properties }) => Properties);

describe('the API of the dashboard', () => {
  it('is one route for everything under /api', () => {
    const parts = Object.values(ofType('AWS::ApiGateway::Resource')).map(({ Properties }) => Properties['PathPart']);
    expect(parts).toEqual(['api', '{proxy+}']);
    expect(methods.map(({ HttpMethod, ResourceId }) => [HttpMethod, readable(ResourceId)])).toEqual([
      ['ANY', '{GatewayApiapiproxy}'],
    ]);
  });

  it('has no method without the authorizer', () => {
    expect(methods.length).toBeGreaterThan(0);
    for (const { AuthorizationType, AuthorizerId, ...rest } of methods) {
      expect([AuthorizationType, readable(AuthorizerId)]).toEqual(['COGNITO_USER_POOLS', '{GatewayAuthorizer}']);
      // With scopes named, API Gateway would ask for access tokens, which say nothing of tenant and role.
      expect(rest).not.toHaveProperty('AuthorizationScopes');
    }
  });

  it('takes ID tokens of the stage’s own users, and looks at each anew', () => {
    const authorizer = properties('AWS::ApiGateway::Authorizer', 'GatewayAuthorizer');
    expect(authorizer).toMatchObject({
      Type: 'COGNITO_USER_POOLS',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 0,
    });
    expect((authorizer['ProviderARNs'] as unknown[]).map(readable)).toEqual(['{Users.Arn}']);
  });

  it('hands every request to api, which nobody else may call', () => {
    expect(readable((methods[0]?.['Integration'] as { Uri: unknown } | undefined)?.Uri)).toContain('{ApiFunction.Arn}');
    const from = Object.values(ofType('AWS::Lambda::Permission')).map(({ Properties }) => [
      Properties['Principal'],
      readable(Properties['SourceArn']).split('{GatewayApi}')[1],
    ]);
    expect(from).toEqual([['apigateway.amazonaws.com', '/{GatewayApiDeploymentStageprod}/*/api/*']]);
  });

  it('is named for its stage, takes texts only, and leaves the account’s role for logs to the other stack', () => {
    const api = properties('AWS::ApiGateway::RestApi', 'GatewayApi');
    expect(api).toMatchObject({ Name: 'lead-relay-prod-dashboard', EndpointConfiguration: { Types: ['REGIONAL'] } });
    expect(api).not.toHaveProperty('BinaryMediaTypes');
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });

  it('is throttled, and logs neither paths nor bodies nor headers nor queries', () => {
    const stage = properties('AWS::ApiGateway::Stage', 'GatewayApiDeploymentStageprod') as {
      AccessLogSetting: { Format: string };
    };
    expect(stage).toMatchObject({
      StageName: 'prod',
      MethodSettings: [
        { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100, LoggingLevel: 'ERROR', DataTraceEnabled: false },
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

  it.each([
    ['UNAUTHORIZED', '401', 'not_signed_in'],
    ['MISSING_AUTHENTICATION_TOKEN', '401', 'not_signed_in'],
    ['ACCESS_DENIED', '403', 'not_allowed'],
    ['WAF_FILTERED', '403', 'refused'],
    ['REQUEST_TOO_LARGE', '413', 'bad_request'],
    ['THROTTLED', '429', 'unavailable'],
    ['DEFAULT_4XX', undefined, 'bad_request'],
    ['DEFAULT_5XX', '503', 'unavailable'],
  ])('answers %s with %s in its own form, which nobody may keep', (type, status, code) => {
    const answers = Object.values(ofType('AWS::ApiGateway::GatewayResponse')).map(({ Properties }) => Properties);
    const answer = answers.find(({ ResponseType }) => ResponseType === type);
    expect(answer?.['StatusCode']).toBe(status);
    expect(answer?.['ResponseParameters']).toMatchObject({ 'gatewayresponse.header.Cache-Control': "'no-store'" });
    const { 'application/json': body } = (answer?.['ResponseTemplates'] ?? {}) as Record<string, string>;
    expect(JSON.parse(body ?? '')).toEqual({ success: false, code, error: expect.any(String) });
  });

  it('says 401 in the words of the contract', () => {
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType: 'UNAUTHORIZED',
      ResponseTemplates: { 'application/json': '{"success":false,"code":"not_signed_in","error":"sign in"}' },
    });
  });

  it('stands behind the firewall of the webhooks, unless the setting waf is off', () => {
    const association = properties('AWS::WAFv2::WebACLAssociation', 'GatewayGuarded');
    expect(readable(association['WebACLArn'])).toBe('{LeadRelay-prod:IntakeWebhooksWebAcl.Arn}');
    expect(readable(association['ResourceArn'])).toContain('{GatewayApiDeploymentStageprod}');
    synthDashboard('local').template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });
});
