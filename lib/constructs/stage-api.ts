import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  type RestApiProps,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';

interface StageApiProps extends RestApiProps {
  readonly settings: Settings;
  /** A name of the stage's own, since metrics know the API by its name. */
  readonly restApiName: string;
}

/** A REST API that is throttled and logged without paths, bodies and queries. */
export class StageApi extends Construct {
  readonly api: RestApi;
  /** The name under which it can be reached, also where the way there is CloudFront. */
  readonly host: string;

  constructor(scope: Construct, id: string, { settings, ...props }: StageApiProps) {
    super(scope, id);
    const logs = { retention: settings.logRetentionDays, removalPolicy: RemovalPolicy.DESTROY };
    this.api = new RestApi(this, 'Api', {
      ...props,
      endpointTypes: [EndpointType.REGIONAL],
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
    // Made of the API's id, since the stage's own URL would be a cycle.
    this.host = Fn.join('', [this.api.restApiId, '.execute-api.', Aws.REGION, '.', Aws.URL_SUFFIX]);
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
