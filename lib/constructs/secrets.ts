import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { StepFunction } from './step-function.ts';

/** Names of a stage's secrets; {tenant} and {source} are filled in by who reads them. */
export const secretNames = (stage: string) => ({
  signatureKey: `lead-relay/${stage}/{tenant}/{source}-signature-key`,
  closeApiKey: `lead-relay/${stage}/{tenant}/close-api-key`,
  slackWebhookUrl: `lead-relay/${stage}/{tenant}/slack-webhook-url`,
});

/** The secrets of every tenant, empty until a person fills them: a made-up value would look filled. They outlive the stack. */
export class Secrets extends Construct {
  readonly #signatureKeys: CfnSecret[];
  readonly #closeApiKeys: CfnSecret[];
  readonly #slackWebhookUrls: CfnSecret[];

  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    const names = secretNames(settings.stage);
    const tenants = Object.keys(settings.tenants);
    this.#signatureKeys = tenants.flatMap((tenant) =>
      settings.sources.map((source) =>
        this.#empty(
          names.signatureKey,
          { tenant, source },
          `Key with which ${source} signs what it sends to ${tenant}`,
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
    grantRead(step, this.#signatureKeys);
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
