import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Source } from '../../lambdas/core/source.ts';
import { sources } from '../../lambdas/sources/registry.ts';
import type { Settings } from '../config.ts';
import { secretNames } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import type { StepFunction } from './step-function.ts';

/** The secrets of every tenant, empty until a person fills them: a made-up value would look filled. They outlive the stack. */
export class Secrets extends Construct {
  readonly #stage: string;
  readonly #on: Source[];
  readonly #closeApiKeys: CfnSecret[];
  readonly #slackWebhookUrls: CfnSecret[];

  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    this.#stage = settings.stage;
    const names = secretNames(settings.stage);
    const tenants = Object.keys(settings.tenants);
    this.#on = settings.sources.map((source): Source => sources[source]);
    for (const tenant of tenants) {
      for (const { id: source } of this.#on)
        this.#empty(
          names.signatureKey,
          { tenant, source },
          `Key with which ${source} signs what it sends to ${tenant}`,
        );
      for (const { id: source } of this.#on.filter((one) => 'handshake' in one))
        this.#empty(names.verifyToken, { tenant, source }, `Token with which ${source} tests the address of ${tenant}`);
    }
    this.#closeApiKeys = tenants.map((tenant) =>
      this.#empty(names.closeApiKey, { tenant }, `API key that reads the leads of ${tenant} in Close (optional)`),
    );
    this.#slackWebhookUrls = tenants.map((tenant) =>
      this.#empty(names.slackWebhookUrl, { tenant }, `Slack webhook URL that alerts of ${tenant} are posted to`),
    );
  }

  /** Of every tenant at once: a role has no room for the names of all of them. */
  grantSignatureKeys(step: StepFunction) {
    for (const { id } of this.#on) this.#grantNamed(step, `${id}-signature-key-*`, whyTenants);
  }

  grantVerifyTokens(step: StepFunction) {
    for (const { id } of this.#on.filter((source) => 'handshake' in source))
      this.#grantNamed(step, `${id}-verify-token-*`, whyTenants);
  }

  /** Lets the step call vendors with the tokens of pages and portals, and with the key that proves which app we are where that is asked for. */
  grantVendorCalls(step: StepFunction) {
    for (const { id, account } of this.#on) {
      if (account) this.grantTokens(step, id);
      if (account?.provesApp) this.#grantNamed(step, `${id}-signature-key-*`, whyTenants);
    }
  }

  /** Pages and portals come and go without a deployment. Nothing where the source is off. */
  grantTokens(step: StepFunction, source: string) {
    if (this.#on.some(({ id }) => id === source)) this.#grantNamed(step, `${source}-token-*`, whyAccounts);
  }

  /**
   * Lets the step say which secrets are filled, and fill those that people enter at the dashboard. It can read those only with which it
   * tests a page or a channel, and of the vendors' own keys only the one that a call to a page is signed with.
   */
  grantSettings(step: StepFunction) {
    for (const { id, account, ...source } of this.#on) {
      this.#grantNamed(step, `${id}-signature-key-*`, whyTenants, 'DescribeSecret');
      if ('handshake' in source)
        this.#grantNamed(step, `${id}-verify-token-*`, whyTenants, 'DescribeSecret', 'PutSecretValue');
      if (!account?.provesApp) continue;
      this.#grantNamed(step, `${id}-signature-key-*`, whyTenants, 'GetSecretValue');
      const all = ['CreateSecret', 'DeleteSecret', 'DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'TagResource'];
      this.#grantNamed(step, `${id}-token-*`, whyAccounts, ...all);
    }
    const filled = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue'];
    this.#grantNamed(step, 'slack-webhook-url-*', whyTenants, ...filled);
  }

  #grantNamed(step: StepFunction, kind: string, why: string, ...actions: string[]) {
    const name = `lead-relay/${this.#stage}/*/${kind}`;
    step.allow(
      (actions.length > 0 ? actions : ['GetSecretValue']).map((action) => `secretsmanager:${action}`),
      [`arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${name}`],
    );
    acknowledge(
      step,
      `IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${name}]`,
      why,
    );
  }

  /** Lets the step see whether each secret is filled and good, to sign as vendors do and to look at them. */
  grantExamination(step: StepFunction) {
    this.grantSignatureKeys(step);
    this.grantVerifyTokens(step);
    for (const kind of ['close-api-key-*', 'slack-webhook-url-*']) this.#grantNamed(step, kind, whyTenants);
    for (const { id, account } of this.#on) {
      if (account) this.grantTokens(step, id);
      if (id === 'hubspot') this.#grantNamed(step, `${id}-developer-key-*`, whyAccounts);
    }
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

const whyTenants = 'The names say which secrets these are; a role has no room for those of every tenant.';
const whyAccounts =
  'Tokens of pages and portals are made and deleted with them, at run time; the names say which secrets are such tokens.';

const grantRead = (step: StepFunction, secrets: CfnSecret[]) =>
  step.allow(
    ['secretsmanager:GetSecretValue'],
    secrets.map((secret) => secret.ref),
  );
