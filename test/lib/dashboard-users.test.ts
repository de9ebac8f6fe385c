import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../lib/config.ts';
import { contextOf, readable, synthDashboard } from './synth.ts';

const { properties, template } = synthDashboard('prod');
const pool = properties('AWS::Cognito::UserPool', 'Users');
const client = properties('AWS::Cognito::UserPoolClient', 'UsersClient');
const url = 'https://{SiteDistribution.DomainName}';

describe('the users', () => {
  it('are added by an administrator and by nobody else, and told where the dashboard is', () => {
    const { AllowAdminCreateUserOnly, InviteMessageTemplate } = pool['AdminCreateUserConfig'] as {
      AllowAdminCreateUserOnly: boolean;
      InviteMessageTemplate: { EmailMessage: unknown };
    };
    expect(AllowAdminCreateUserOnly).toBe(true);
    const mail = readable(InviteMessageTemplate.EmailMessage);
    for (const part of [url, '{username}', '{####}']) expect(mail).toContain(part);
  });

  it('sign in by their e-mail address, however it is written', () => {
    expect(pool).toMatchObject({ UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } });
    expect(pool['AutoVerifiedAttributes']).toEqual(['email']);
    expect(pool['UserAttributeUpdateSettings']).toEqual({ AttributesRequireVerificationBeforeUpdate: ['email'] });
  });

  it('have a strong password, and an authenticator app beside it if they want or have to', () => {
    expect(pool).toMatchObject({
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          PasswordHistorySize: 5,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
      },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      UserPoolTier: 'ESSENTIALS',
    });
    const lax = synthDashboard('dev', { mfa: 'optional' }).properties('AWS::Cognito::UserPool', 'Users');
    expect(lax).toMatchObject({ MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] });
  });

  it('have a tenant and a role, which can be changed', () => {
    expect(pool['Schema']).toEqual(
      [
        ['tenant', '31'],
        ['role', '10'],
      ].map(([Name, MaxLength]) => ({
        AttributeDataType: 'String',
        Mutable: true,
        Name,
        StringAttributeConstraints: { MaxLength },
      })),
    );
  });

  it('can’t change their tenant or role themselves: the client reads both and writes neither', () => {
    expect(client['ReadAttributes']).toEqual(['custom:role', 'custom:tenant', 'email', 'email_verified', 'name']);
    expect(client['WriteAttributes']).toEqual(['email', 'name']);
    template.resourceCountIs('AWS::Cognito::UserPoolClient', 1);
  });

  it('are kept when the stack goes, and protected', () => {
    expect(pool['DeletionProtection']).toBe('ACTIVE');
    template.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('signing in', () => {
  it('is the code flow without a secret and nothing else', () => {
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      SupportedIdentityProviders: ['COGNITO'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
  });

  it('leads back to the dashboard only', () => {
    expect((client['CallbackURLs'] as unknown[]).map(readable)).toEqual([`${url}/signed-in`]);
    expect((client['LogoutURLs'] as unknown[]).map(readable)).toEqual([`${url}/`]);
  });

  it('is good for an hour, and for twelve without asking again', () => {
    expect(client).toMatchObject({
      IdTokenValidity: 60,
      AccessTokenValidity: 60,
      RefreshTokenValidity: 12 * 60,
      TokenValidityUnits: { IdToken: 'minutes', AccessToken: 'minutes', RefreshToken: 'minutes' },
    });
  });

  it('has an address of its own and pages with a look', () => {
    const domain = properties('AWS::Cognito::UserPoolDomain', 'UsersDomain');
    expect(readable(domain['Domain'])).toBe('lead-relay-prod-{AWS::AccountId}');
    expect(domain['ManagedLoginVersion']).toBe(2);
    const looks = properties('AWS::Cognito::ManagedLoginBranding', 'UsersLooks');
    expect(looks).toMatchObject({ UseCognitoProvidedValues: true });
    expect(readable(looks['ClientId'])).toBe('{UsersClient}');
  });

  it('needs a stage whose name Amazon lets into an address', () => {
    const context = contextOf('aws-dev', { stages: { 'aws-dev': {} } });
    expect(readSettings(context).dashboard).toBe(true);
    expect(() => synthDashboard('aws-dev', { stages: { 'aws-dev': {} } })).toThrow(
      'The stage aws-dev needs another name: Amazon lets no address for signing in have "aws" in it. Or set dashboard to false.',
    );
  });
});
