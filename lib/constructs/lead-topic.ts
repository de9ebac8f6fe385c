import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import type { StepFunction } from './step-function.ts';

interface LeadTopicProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly key: IKey;
}

/** Alerts on their way to e-mail. A subscriber gets only the leads of its own tenants. */
export class LeadTopic extends Topic {
  readonly #key: IKey;

  constructor(scope: Construct, id: string, { settings, alarms, key }: LeadTopicProps) {
    super(scope, id, { displayName: 'Lead Relay', masterKey: key, enforceSSL: true });
    this.#key = key;
    for (const [address, allowlist] of tenantsByAddress(settings)) {
      this.addSubscription(
        new EmailSubscription(address, { filterPolicy: { tenant: SubscriptionFilter.stringFilter({ allowlist }) } }),
      );
    }
    alarms.raise({
      runbook: 'emails-are-not-delivered',
      impact: 'SNS could not deliver an alert by e-mail; the sales team may know of it from Slack only.',
      metric: this.metricNumberOfNotificationsFailed({ period: Duration.minutes(5), statistic: Stats.SUM }),
      atLeast: 1,
    });
  }

  /** Lets the step publish alerts. */
  grantTo(step: StepFunction) {
    step.allow(['sns:Publish'], [this.topicArn]);
    step.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [this.#key.keyArn]);
  }

  /** Lets the step see who subscribes to the topic. */
  grantLook(step: StepFunction) {
    step.allow(['sns:ListSubscriptionsByTopic'], [this.topicArn]);
    step.allow(['sns:GetSubscriptionAttributes'], ['*']);
    acknowledge(step, 'IAM5[Resource::*]', 'IAM knows no resource for this action: it is allowed or not.');
  }

  /** Lets the step add addresses to the topic and take them out. */
  grantSubscriptions(step: StepFunction) {
    step.allow(['sns:ListSubscriptionsByTopic', 'sns:Subscribe'], [this.topicArn]);
    step.allow(['sns:GetSubscriptionAttributes', 'sns:SetSubscriptionAttributes', 'sns:Unsubscribe'], ['*']);
    acknowledge(step, 'IAM5[Resource::*]', 'IAM knows no resource for these three actions: they are allowed or not.');
  }
}

/** SNS knows an address once per topic, so somebody of two tenants has one subscription for both. */
function tenantsByAddress({ tenants }: Settings): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [tenant, { emailSubscribers }] of Object.entries(tenants)) {
    for (const address of new Set(emailSubscribers)) found.set(address, [...(found.get(address) ?? []), tenant]);
  }
  return found;
}
