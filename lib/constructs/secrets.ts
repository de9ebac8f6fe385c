import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Source } from '../../lambdas/core/source.ts';
import { sources } from '../../lambdas/sources/registry.ts';
import type { Settings } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { StepFunction } from './step-function.ts';

/** Names of a stage's secrets; {tenant}, {source} and {account} are filled in by who reads them. */
export const secretNames = (stage: string) => ({
  signatureKey: `lead-relay/${stage}/{tenant}/{source}-signature-key`,
  verifyToken: `lead-relay/${stage}/{tenant}/{source}-verify-token`,
  /** Made and deleted with a page or portal, by `npm run pages`. */
  accountToken: `lead-relay/${stage}/{tenant}/{source}-token-{account}`,
  closeApiKey: `lead-relay/${stage}/{tenant}/close-api-key`,
  slackWebhookUrl: `lead-relay/${stage}/{tenant}/slack-webhook-url`,
});

/** The secrets of every tenant, empty until a person fills them: a made-up value would look filled. They outlive the stack. */
export class Secrets extends Construct {
  readonly #stage: string;
  readonly #withAccounts: Source[];
  readonly #signatureKeys: { source: string; secret: CfnSecret }[];
  readonly #verifyTokens: CfnSecret[];
  readonly #closeApiKeys: CfnSecret[];
  readonly #slackWebhookUrls: CfnSecret[];

  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    this.#stage = settings.stage;
    const names = secretNames(settings.stage);
    const tenants = Object.keys(settings.tenants);
    const on = settings.sources.map((source): Source => sources[source]);
    this.#withAccounts = on.filter(({ account }) => account !== undefined);
    this.#signatureKeys = tenants.flatMap((tenant) =>
      on.map(({ id: source }) => ({
        source,
        secret: this.#empty(
          names.signatureKey,
          { tenant, source },
          `Key with which ${source} signs what it sends to ${tenant}`,
        ),
      })),
    );
    this.#verifyTokens = tenants.flatMap((tenant) =>
      on
        .filter((source) => 'handshake' in source)
        .map(({ id: source }) =>
          this.#empty(
            names.verifyToken,
            { tenant, source },
            `Token with which ${source} tests the address of ${tenant}`,
          ),
        ),
    );
    this.#closeApiKeys = tenants.map((tenant) =>
      this.#empty(names.closeApiKey, { tenant }, `API key that reads the leads of ${tenant} in Close (optional)`),
    );
    this.#slackWebhookUrls = tenants.map((tenant) =>
      this.#empty(names.slackWebhookUrl, { tenant }, `Slack webhook URL that alerts of ${tenant} are posted to`),
    );
  }

  grantSignatureKeys(step: StepFunction) {
    grantRead(
      step,
      this.#signatureKeys.map(({ secret }) => secret),
    );
  }

  grantVerifyTokens(step: StepFunction) {
    if (this.#verifyTokens.length > 0) grantRead(step, this.#verifyTokens);
  }

  /** Lets the step call vendors with the tokens of pages and portals, and with the key that proves which app we are. */
  grantVendorCalls(step: StepFunction) {
    const ids = this.#withAccounts.map(({ id }) => id);
    if (ids.length === 0) return;
    grantRead(
      step,
      this.#signatureKeys.filter(({ source }) => ids.includes(source)).map(({ secret }) => secret),
    );
    for (const source of ids) this.#grantTokens(step, source);
  }

  /** Pages and portals come and go without a deployment. */
  #grantTokens(step: StepFunction, source: string) {
    const name = `lead-relay/${this.#stage}/*/${source}-token-*`;
    step.allow(
      ['secretsmanager:GetSecretValue'],
      [`arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${name}`],
    );
    acknowledge(
      step,
      `IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${name}]`,
      'Tokens of pages are made and deleted with their pages, at run time; the names say which secrets are such tokens.',
    );
  }

  grantCloseApiKeys(step: StepFunction) {
    grantRead(step, this.#closeApiKeys);
  }

  grantSlackWebhookUrls(step: StepFunction) {
    grantRead(step, this.#slackWebhookUrls);
  }

  #empty(
    pattern: string,
    { tenant, source = '' }: { tenant: string; source?: string },
    description: string,
  ): CfnSecret {
    const name = pattern.replace('{tenant}', tenant).replace('{source}', source);
    const secret = new CfnSecret(this, name.split('/').slice(2).join('-'), { name, description });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledge(secret, 'SMG4', 'The vendor makes the value; only a person can rotate it there (docs/runbook.md).');
    return secret;
  }
}

const grantRead = (step: StepFunction, secrets: CfnSecret[]) =>
  step.allow(
    ['secretsmanager:GetSecretValue'],
    secrets.map((secret) => secret.ref),
  );
