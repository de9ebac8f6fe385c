import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionFilter, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import type { Alarms } from './alarms.ts';
import type { StepFunction } from './step-function.ts';

interface CategoryTopicProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly key: IKey;
}

/** Each new lead with its category, and each change of one, for whoever subscribed to it by the settings. A queue gets JSON and nothing around it. */
export class CategoryTopic extends Topic {
  readonly #key: IKey;

  constructor(scope: Construct, id: string, { settings, alarms, key }: CategoryTopicProps) {
    super(scope, id, { displayName: 'Lead Relay', masterKey: key, enforceSSL: true });
    this.#key = key;
    for (const subscriber of settings.categorySubscribers) this.#subscribe(subscriber);
    alarms.raise({
      runbook: 'categories-are-not-delivered',
      impact:
        'A queue or an address did not get a category: it does not know of a lead, or has an old category of one.',
      metric: this.metricNumberOfNotificationsFailed({ period: Duration.minutes(5), statistic: Stats.SUM }),
      atLeast: 1,
    });
  }

  /** Lets the step publish categories. */
  grantTo(step: StepFunction) {
    step.allow(['sns:Publish'], [this.topicArn]);
    step.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [this.#key.keyArn]);
  }

  /** Named for whom it is: by its place in the list another one taken out would end it, since SNS knows each of them once. */
  #subscribe({ queueArn, email, ...about }: Settings['categorySubscribers'][number]) {
    const filters = { category: about.categories, source: about.sources, tenant: about.tenants };
    const given = Object.entries(filters).flatMap(([name, allowlist]) =>
      allowlist ? [[name, SubscriptionFilter.stringFilter({ allowlist })] as const] : [],
    );
    new Subscription(this, `Subscriber ${queueArn ?? email ?? ''}`, {
      topic: this,
      ...(given.length > 0 && { filterPolicy: Object.fromEntries(given) }),
      ...(queueArn === undefined
        ? { protocol: SubscriptionProtocol.EMAIL, endpoint: email ?? '' }
        : { protocol: SubscriptionProtocol.SQS, endpoint: queueArn, rawMessageDelivery: true }),
    });
  }
}
