import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  type CfnUserPool,
  ClientAttributes,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StringAttribute,
  UserPool,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { SettingError, type Settings } from '../config.ts';
import { acknowledge } from './acknowledge.ts';

/** Who may use the dashboard: people whom an administrator adds, each of one tenant and with one role. They outlive the stack. */
export class DashboardUsers extends UserPool {
  /** Where people sign in, which is known before the pool is: the pages' policy names it. */
  readonly signInUrl: string;
  /** What tells a client everything else about signing in, and what tokens name as their issuer. */
  readonly authority: string;
  clientId = '';

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      userPoolName: `lead-relay-${settings.stage}`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      customAttributes: {
        tenant: new StringAttribute({ mutable: true, maxLen: 31 }),
        role: new StringAttribute({ mutable: true, maxLen: 10 }),
      },
      mfa: settings.mfa === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        passwordHistorySize: 5,
        tempPasswordValidity: Duration.days(TEMPORARY_DAYS),
      },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const domainPrefix = prefixOf(settings.stage);
    this.addDomain('Domain', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.signInUrl = `https://${domainPrefix}.auth.${Aws.REGION}.amazoncognito.com`;
    this.authority = `https://cognito-idp.${Aws.REGION}.amazonaws.com/${this.userPoolId}`;
    acknowledge(
      this,
      'COG8',
      'The plan Plus has no free users; what it adds watches passwords, which MFA makes the second line.',
    );
    if (settings.mfa === 'optional')
      acknowledge(this, 'COG2', 'The setting mfa says so; unless it is set, everybody needs a second factor.');
  }

  /** Lets people sign in from the web site, by code flow with PKCE and in no other way, and tells those who are invited where it is. */
  openTo(url: string) {
    const client = this.addClient('Client', {
      generateSecret: false,
      // Without a flow named here Cognito would allow more of them than it does with none of these.
      authFlows: { userSrp: false },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${url}/signed-in`],
        logoutUrls: [`${url}/`],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ email: true, emailVerified: true, fullname: true })
        .withCustomAttributes('tenant', 'role'),
      // Neither the tenant nor the role: with these a person could make themselves another's.
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true, fullname: true }),
    });
    this.clientId = client.userPoolClientId;
    // Without a style of its own the client would have no sign-in pages at all.
    new CfnManagedLoginBranding(this, 'Looks', {
      userPoolId: this.userPoolId,
      clientId: this.clientId,
      useCognitoProvidedValues: true,
    });
    (this.node.defaultChild as CfnUserPool).adminCreateUserConfig = {
      allowAdminCreateUserOnly: true,
      inviteMessageTemplate: {
        emailSubject: 'Lead Relay: your account',
        emailMessage: `Sign in at ${url} as {username} with the password {####}. It is good for ${TEMPORARY_DAYS} days; you then choose your own.`,
      },
    };
  }
}

const TEMPORARY_DAYS = 7;

/** Sign-in has an address of Amazon's, so that the account's number makes it one of its own. */
function prefixOf(stage: string): string {
  const word = /aws|amazon|cognito/.exec(stage)?.[0];
  if (word)
    throw new SettingError(
      `The stage ${stage} needs another name: Amazon lets no address for signing in have "${word}" in it. Or set dashboard to false.`,
    );
  return `lead-relay-${stage}-${Aws.ACCOUNT_ID}`;
}
