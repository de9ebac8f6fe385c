import * as z from 'zod';
import { idOf, strict, type ResourceType } from './resource-type.ts';

const apiId = (name: string) => idOf(name, 10);

const restApi = {
  properties: strict({ Name: z.string(), BinaryMediaTypes: z.array(z.literal('*/*')).default([]) }, [
    'ApiKeySourceType',
    'Description',
    'DisableExecuteApiEndpoint',
    'EndpointConfiguration',
    'Tags',
  ]),
  ref: apiId,
  attributes: { RootResourceId: (name: string) => `${apiId(name)}-root`, RestApiId: apiId },
} satisfies ResourceType;

const resource = {
  properties: strict({ ParentId: z.string(), PathPart: z.string(), RestApiId: z.string() }),
  ref: apiId,
  attributes: { ResourceId: apiId },
} satisfies ResourceType;

const method = {
  properties: strict(
    {
      HttpMethod: z.string(),
      ResourceId: z.string(),
      RestApiId: z.string(),
      AuthorizationType: z.enum(['NONE', 'COGNITO_USER_POOLS']).default('NONE'),
      AuthorizerId: z.string().optional(),
      Integration: strict(
        { Type: z.literal('AWS_PROXY'), Uri: z.string(), TimeoutInMillis: z.number().default(29_000) },
        ['IntegrationHttpMethod', 'PassthroughBehavior'],
      ),
    },
    ['ApiKeyRequired', 'MethodResponses', 'OperationName', 'RequestParameters', 'RequestValidatorId'],
  ),
} satisfies ResourceType;

/** Checks ID tokens of user pools. `AuthorizationScopes` of a method, which ask for access tokens, are not known. */
const authorizer = {
  properties: strict(
    {
      RestApiId: z.string(),
      Type: z.literal('COGNITO_USER_POOLS'),
      ProviderARNs: z.array(z.string()).min(1),
      IdentitySource: z.literal('method.request.header.Authorization'),
    },
    ['AuthorizerResultTtlInSeconds', 'Name'],
  ),
  ref: (name: string) => idOf(name, 6),
  attributes: { AuthorizerId: (name: string) => idOf(name, 6) },
} satisfies ResourceType;

const stage = {
  properties: strict({ RestApiId: z.string(), StageName: z.string() }, [
    'AccessLogSetting',
    'DeploymentId',
    'Description',
    'MethodSettings',
    'Tags',
    'TracingEnabled',
  ]),
  nameProperty: 'StageName',
} satisfies ResourceType;

const gatewayResponse = {
  properties: strict({
    RestApiId: z.string(),
    ResponseType: z.string(),
    StatusCode: z.string().optional(),
    ResponseParameters: z.record(z.string(), z.string()).default({}),
    ResponseTemplates: z.record(z.string(), z.string()).default({}),
  }),
} satisfies ResourceType;

/** The REST APIs, their routes, and who may use them. */
export const apiTypes = {
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Resource': resource,
  'AWS::ApiGateway::Method': method,
  'AWS::ApiGateway::Authorizer': authorizer,
  'AWS::ApiGateway::Stage': stage,
  'AWS::ApiGateway::GatewayResponse': gatewayResponse,
} satisfies Record<string, ResourceType>;
