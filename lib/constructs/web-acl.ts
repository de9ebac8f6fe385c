import { Aws, Duration } from 'aws-cdk-lib';
import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Source } from '../../lambdas/core/source.ts';
import { sources } from '../../lambdas/sources/registry.ts';
import type { Settings } from '../config.ts';
import type { Alarms } from './alarms.ts';

interface WebAclProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
}

/** Parts of the paths that vendors post to; `contains`, since what WAF sees may begin with the name of the stage. */
const WEBHOOK_PATHS = ['/webhooks/', ...Object.values<Source>(sources).flatMap(({ aliases }) => aliases)];
/** Managed groups, and which of their rules only count: a note of a sales person may well hold `<script` or be long. */
const MANAGED_GROUPS = {
  AWSManagedRulesCommonRuleSet: [
    'CrossSiteScripting_BODY',
    'EC2MetaDataSSRF_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
    'SizeRestrictions_BODY',
  ],
  AWSManagedRulesKnownBadInputsRuleSet: [],
};
const RATE_RULE = 'webhook-rate';

/** The firewall of the APIs. It never looks into a delivery, since a lead may well contain `<script`; it only stops a flood of them. */
export class WebAcl extends Construct {
  readonly #arn: string;

  constructor(scope: Construct, id: string, { settings, alarms }: WebAclProps) {
    super(scope, id);
    const metricName = `lead-relay-${settings.stage}`;
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible(metricName),
      rules: [
        {
          name: RATE_RULE,
          priority: 0,
          action: { block: {} },
          visibilityConfig: visible(RATE_RULE),
          statement: {
            rateBasedStatement: {
              aggregateKeyType: 'IP',
              limit: settings.webhookRateLimit,
              scopeDownStatement: isWebhook,
            },
          },
        },
        ...Object.entries(MANAGED_GROUPS).map(([name, counting], index) => ({
          name,
          priority: index + 1,
          overrideAction: { none: {} },
          visibilityConfig: visible(name),
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              ruleActionOverrides: counting.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
              scopeDownStatement: { notStatement: { statement: isWebhook } },
            },
          },
        })),
      ],
    });
    this.#arn = acl.attrArn;
    alarms.raise({
      runbook: 'webhooks-are-blocked',
      impact: 'The firewall blocks deliveries as a flood; they come in late if the vendor sends them again.',
      metric: new Metric({
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        dimensionsMap: { WebACL: metricName, Region: Aws.REGION, Rule: RATE_RULE },
        statistic: Stats.SUM,
        period: Duration.minutes(5),
      }),
      atLeast: 1,
    });
  }

  /** Stands before the stage of an API, also one of another stack. */
  guard(scope: Construct, id: string, { stageArn }: Stage) {
    new CfnWebACLAssociation(scope, id, { resourceArn: stageArn, webAclArn: this.#arn });
  }
}

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // A sample would show headers, signatures among them.
  sampledRequestsEnabled: false,
});

const isWebhook: CfnWebACL.StatementProperty = {
  orStatement: {
    statements: WEBHOOK_PATHS.map((searchString) => ({
      byteMatchStatement: {
        searchString,
        fieldToMatch: { uriPath: {} },
        positionalConstraint: 'CONTAINS',
        textTransformations: [{ priority: 0, type: 'NONE' }],
      },
    })),
  },
};
