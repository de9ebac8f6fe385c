import * as z from 'zod';
import { account, arn, idOf, region, strict, type ResourceType } from './resource-type.ts';

const poolId = (name: string) => `${region}_${idOf(name, 9)}`;
const clientId = (name: string) => idOf(name, 26);
const poolHost = `cognito-idp.${region}.amazonaws.com`;

const userPool = {
  properties: strict({ UserPoolName: z.string().optional() }, [
    'AccountRecoverySetting',
    'AdminCreateUserConfig',
    'AutoVerifiedAttributes',
    'DeletionProtection',
    'DeviceConfiguration',
    'EmailConfiguration',
    'EmailVerificationMessage',
    'EmailVerificationSubject',
    'EnabledMfas',
    'MfaConfiguration',
    'Policies',
    'Schema',
    'SmsVerificationMessage',
    'UserAttributeUpdateSettings',
    'UserPoolAddOns',
    'UserPoolTags',
    'UserPoolTier',
    'UsernameAttributes',
    'UsernameConfiguration',
    'VerificationMessageTemplate',
    'WebAuthnRelyingPartyID',
    'WebAuthnUserVerification',
  ]),
  ref: poolId,
  attributes: {
    Arn: (name: string) => arn('cognito-idp', `userpool/${poolId(name)}`),
    ProviderName: (name: string) => `${poolHost}/${poolId(name)}`,
    ProviderURL: (name: string) => `https://${poolHost}/${poolId(name)}`,
    UserPoolId: poolId,
  },
} satisfies ResourceType;

const unit = z.enum(['seconds', 'minutes', 'hours', 'days']);

/** A public client of the code flow: another one, such as one with a secret, is not known here. */
const userPoolClient = {
  properties: strict(
    {
      UserPoolId: z.string(),
      AllowedOAuthFlows: z.array(z.literal('code')).length(1),
      AllowedOAuthFlowsUserPoolClient: z.literal(true),
      AllowedOAuthScopes: z.array(z.string()),
      CallbackURLs: z.array(z.url()).min(1),
      LogoutURLs: z.array(z.url()).default([]),
      GenerateSecret: z.literal(false).optional(),
      IdTokenValidity: z.number().default(60),
      RefreshTokenValidity: z.number().default(30),
      TokenValidityUnits: strict({ IdToken: unit.default('minutes'), RefreshToken: unit.default('days') }, [
        'AccessToken',
      ]).default({ IdToken: 'minutes', RefreshToken: 'days' }),
      RefreshTokenRotation: strict({ Feature: z.enum(['ENABLED', 'DISABLED']) }, [
        'RetryGracePeriodSeconds',
      ]).optional(),
    },
    [
      'AccessTokenValidity',
      'AuthSessionValidity',
      'ClientName',
      'DefaultRedirectURI',
      'EnablePropagateAdditionalUserContextData',
      'EnableTokenRevocation',
      'ExplicitAuthFlows',
      'PreventUserExistenceErrors',
      'ReadAttributes',
      'SupportedIdentityProviders',
      'WriteAttributes',
    ],
  ),
  ref: clientId,
  attributes: { ClientId: clientId },
} satisfies ResourceType;

const userPoolDomain = {
  properties: strict({ Domain: z.string(), UserPoolId: z.string() }, ['ManagedLoginVersion']),
  nameProperty: 'Domain',
  // What a prefix stands for; the alias of a domain of one's own has an Amazon name too.
  attributes: { CloudFrontDistribution: (name: string) => `${idOf(name + account, 14)}.cloudfront.net` },
} satisfies ResourceType;

/** Who may sign in, and with which client. */
export const userTypes = {
  'AWS::Cognito::UserPool': userPool,
  'AWS::Cognito::UserPoolClient': userPoolClient,
  'AWS::Cognito::UserPoolDomain': userPoolDomain,
} satisfies Record<string, ResourceType>;
