import { arn, idOf, ignoredType, type ResourceType } from './resource-type.ts';

const keyId = (name: string) => idOf(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** What changes nothing on one machine: policies of resources, keys, caches, WAF, the looks of sign-in, dashboards of figures. The template tests hold them. */
export const ignoredTypes = {
  'AWS::ApiGateway::Account': ignoredType(),
  'AWS::ApiGateway::Deployment': ignoredType({
    ref: (name) => idOf(name, 6),
    attributes: { DeploymentId: (name) => idOf(name, 6) },
  }),
  'AWS::ApiGateway::RequestValidator': ignoredType(),
  'AWS::CDK::Metadata': ignoredType(),
  'AWS::CloudFront::CachePolicy': ignoredType({ ref: keyId, attributes: { Id: keyId } }),
  'AWS::CloudFront::OriginAccessControl': ignoredType({ ref: keyId, attributes: { Id: keyId } }),
  'AWS::CloudFront::OriginRequestPolicy': ignoredType({ ref: keyId, attributes: { Id: keyId } }),
  'AWS::CloudWatch::Dashboard': ignoredType(),
  'AWS::Cognito::ManagedLoginBranding': ignoredType(),
  'AWS::KMS::Alias': ignoredType({ nameProperty: 'AliasName' }),
  'AWS::KMS::Key': ignoredType({
    ref: keyId,
    attributes: { Arn: (name) => arn('kms', `key/${keyId(name)}`), KeyId: keyId },
  }),
  'AWS::Lambda::EventInvokeConfig': ignoredType(),
  'AWS::Logs::LogGroup': ignoredType({
    nameProperty: 'LogGroupName',
    attributes: { Arn: (name) => arn('logs', `log-group:${name}:*`) },
  }),
  'AWS::Logs::ResourcePolicy': ignoredType(),
  'AWS::S3::BucketPolicy': ignoredType(),
  'AWS::SNS::TopicPolicy': ignoredType(),
  'AWS::SQS::QueuePolicy': ignoredType(),
  'AWS::WAFv2::LoggingConfiguration': ignoredType(),
  'AWS::WAFv2::WebACL': ignoredType({
    nameProperty: 'Name',
    attributes: {
      Arn: (name) => arn('wafv2', `regional/webacl/${name}/${idOf(name, 8)}`),
      Id: (name) => idOf(name, 8),
    },
  }),
  'AWS::WAFv2::WebACLAssociation': ignoredType(),
} satisfies Record<string, ResourceType>;
