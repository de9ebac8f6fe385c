import { Aws, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import { answerPlainly } from './gateway-answers.ts';
import { WebAcl } from './web-acl.ts';

/** The REST API in front of `ingest`: bodies as bytes, throttled, logged without bodies and queries, and no answer about our insides. */
export class WebhookApi extends Construct {
  readonly api: RestApi;
  /** Where vendors post to, without a trailing slash. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, { settings, alarms }: { settings: Settings; alarms: Alarms }) {
    super(scope, id);
    const logs = { retention: settings.logRetentionDays, removalPolicy: RemovalPolicy.DESTROY };
    this.api = new RestApi(this, 'Api', {
      // A name of the stage's own, since metrics know the API by its name.
      restApiName: `lead-relay-${settings.stage}`,
      description: 'Webhooks of CRMs',
      endpointTypes: [EndpointType.REGIONAL],
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: settings.stage,
        throttlingRateLimit: settings.throttle.rate,
        throttlingBurstLimit: settings.throttle.burst,
        accessLogDestination: new LogGroupLogDestination(new LogGroup(this, 'AccessLogs', logs)),
        accessLogFormat: accessLogFormat(),
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
      },
    });
    // The output that CDK adds to every API; ours are in the stack.
    this.api.node.tryRemoveChild('Endpoint');
    // API Gateway would make this one itself, and keep it for ever.
    const executionLogs = new LogGroup(this, 'ExecutionLogs', {
      ...logs,
      logGroupName: `API-Gateway-Execution-Logs_${this.api.restApiId}/${settings.stage}`,
    });
    this.api.deploymentStage.node.addDependency(executionLogs);
    // Made of the API's id and the stage's name, since the stage's own URL would be a cycle.
    this.publicUrl = Fn.join('', [
      'https://',
      this.api.restApiId,
      '.execute-api.',
      Aws.REGION,
      '.',
      Aws.URL_SUFFIX,
      `/${settings.stage}`,
    ]);
    answerPlainly(this.api);
    this.#acknowledgeFindings(settings);
    if (settings.waf) new WebAcl(this, 'WebAcl', { settings, alarms, stage: this.api.deploymentStage });
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

/** Who, when, which route, what came of it. Not the path, the query or the body. */
const accessLogFormat = () =>
  AccessLogFormat.custom(
    JSON.stringify({
      at: AccessLogField.contextRequestTime(),
      request: AccessLogField.contextRequestId(),
      ip: AccessLogField.contextIdentitySourceIp(),
      method: AccessLogField.contextHttpMethod(),
      route: AccessLogField.contextResourcePath(),
      status: AccessLogField.contextStatus(),
      error: AccessLogField.contextErrorResponseType(),
      ms: AccessLogField.contextResponseLatency(),
    }),
  );
