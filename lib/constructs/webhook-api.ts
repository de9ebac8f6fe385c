import { Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import { answerPlainly } from './gateway-answers.ts';
import { StageApi } from './stage-api.ts';
import { WebAcl } from './web-acl.ts';

/** The REST API in front of `ingest`: bodies as bytes, and no answer about our insides. */
export class WebhookApi extends StageApi {
  /** Where vendors post to, without a trailing slash. */
  readonly publicUrl: string;
  /** What stands before it; nothing where the setting waf is off. */
  readonly webAcl: WebAcl | undefined;

  constructor(scope: Construct, id: string, { settings, alarms }: { settings: Settings; alarms: Alarms }) {
    super(scope, id, {
      settings,
      restApiName: `lead-relay-${settings.stage}`,
      description: 'Webhooks of CRMs',
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
    });
    this.publicUrl = Fn.join('', ['https://', this.host, `/${settings.stage}`]);
    answerPlainly(this.api);
    this.#acknowledgeFindings(settings);
    this.webAcl = settings.waf ? new WebAcl(this, 'WebAcl', { settings, alarms }) : undefined;
    this.webAcl?.guard(this.webAcl, 'Association', this.api.deploymentStage);
    alarms.raise({
      runbook: 'webhooks-fail',
      impact: 'Deliveries are answered with a failure of ours; the vendor sends them again.',
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM }),
      atLeast: 1,
    });
  }

  #acknowledgeFindings({ waf }: Settings) {
    acknowledge(
      this.api,
      'APIG2',
      'ingest checks size, signature and form of the raw bytes; a model of API Gateway would see no bytes.',
    );
    acknowledge(this.api, 'APIG4', 'Vendors cannot sign in; ingest verifies their signature over the raw bytes.');
    acknowledge(this.api, 'COG4', 'Vendors cannot sign in; ingest verifies their signature over the raw bytes.');
    acknowledge(
      this.api,
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      'The role with which API Gateway writes the logs of all APIs of the account; AWS documents this policy for it.',
    );
    if (!waf) acknowledge(this.api, 'APIG3', 'The setting waf is off for this stage.');
  }
}
