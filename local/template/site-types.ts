import * as z from 'zod';
import { account, idOf, strict, type ResourceType } from './resource-type.ts';

const id = (length: number) => (name: string) => idOf(name, length).toUpperCase();
const functionArn = (name: string) => `arn:aws:cloudfront::${account}:function/${name}`;
const policyId = (name: string) => idOf(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const behaviour = {
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  Compress: z.boolean().default(false),
  FunctionAssociations: z
    .array(z.strictObject({ EventType: z.literal('viewer-request'), FunctionARN: z.string() }))
    .max(1)
    .default([]),
  ResponseHeadersPolicyId: z.string().optional(),
};
/** Nothing is cached on one machine, every header is forwarded, and there is no TLS. */
const behaviourIgnored = ['CachePolicyId', 'CachedMethods', 'OriginRequestPolicyId', 'ViewerProtocolPolicy'];

const origin = strict(
  {
    Id: z.string(),
    DomainName: z.string(),
    OriginPath: z.string().default(''),
    S3OriginConfig: z.looseObject({}).optional(),
    OriginAccessControlId: z.string().optional(),
  },
  ['ConnectionAttempts', 'ConnectionTimeout', 'CustomOriginConfig', 'OriginCustomHeaders', 'OriginShield'],
);

const distribution = {
  properties: strict(
    {
      DistributionConfig: strict(
        {
          Enabled: z.literal(true),
          DefaultRootObject: z.string().default(''),
          DefaultCacheBehavior: strict(behaviour, behaviourIgnored),
          CacheBehaviors: z.array(strict({ PathPattern: z.string(), ...behaviour }, behaviourIgnored)).default([]),
          Origins: z.array(origin),
        },
        [
          'Aliases',
          'Comment',
          'HttpVersion',
          'IPV6Enabled',
          'Logging',
          'PriceClass',
          'Restrictions',
          'ViewerCertificate',
          'WebACLId',
        ],
      ),
    },
    ['Tags'],
  ),
  ref: id(14),
  attributes: { DomainName: (name: string) => `d${idOf(name, 13)}.cloudfront.net`, Id: id(14) },
} satisfies ResourceType;

const viewerFunction = {
  properties: strict(
    {
      FunctionCode: z.string(),
      FunctionConfig: strict({ Runtime: z.literal('cloudfront-js-2.0') }, ['Comment']),
    },
    ['AutoPublish', 'Name', 'Tags'],
  ),
  nameProperty: 'Name',
  ref: functionArn,
  attributes: { FunctionARN: functionArn, 'FunctionMetadata.FunctionARN': functionArn },
} satisfies ResourceType;

const overriding = <S extends z.ZodRawShape>(shape: S) => strict(shape, ['Override']);

const responseHeadersPolicy = {
  properties: strict({
    ResponseHeadersPolicyConfig: strict(
      {
        SecurityHeadersConfig: z
          .strictObject({
            ContentSecurityPolicy: overriding({ ContentSecurityPolicy: z.string() }).optional(),
            ContentTypeOptions: overriding({}).optional(),
            FrameOptions: overriding({ FrameOption: z.enum(['DENY', 'SAMEORIGIN']) }).optional(),
            ReferrerPolicy: overriding({ ReferrerPolicy: z.string() }).optional(),
            StrictTransportSecurity: overriding({
              AccessControlMaxAgeSec: z.number(),
              IncludeSubdomains: z.boolean().default(false),
              Preload: z.boolean().default(false),
            }).optional(),
          })
          .default({}),
        CustomHeadersConfig: z
          .strictObject({ Items: z.array(overriding({ Header: z.string(), Value: z.string() })) })
          .default({ Items: [] }),
        RemoveHeadersConfig: z.strictObject({ Items: z.array(z.strictObject({ Header: z.string() })) }).optional(),
      },
      ['Comment', 'Name'],
    ),
  }),
  ref: policyId,
  attributes: { Id: policyId },
} satisfies ResourceType;

/** What people's browsers meet: the web site and the way to the APIs. */
export const siteTypes = {
  'AWS::CloudFront::Distribution': distribution,
  'AWS::CloudFront::Function': viewerFunction,
  'AWS::CloudFront::ResponseHeadersPolicy': responseHeadersPolicy,
} satisfies Record<string, ResourceType>;
