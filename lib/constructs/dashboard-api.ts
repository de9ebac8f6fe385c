import { Duration } from 'aws-cdk-lib';
import { AuthorizationType, CognitoUserPoolsAuthorizer, LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import { answerAsDashboard } from './gateway-answers.ts';
import { StageApi } from './stage-api.ts';
import type { StepFunction } from './step-function.ts';
import type { WebAcl } from './web-acl.ts';

interface DashboardApiProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly users: IUserPool;
  readonly webAcl: WebAcl | undefined;
}

/** The REST API of the dashboard: one route for all of /api, and nobody takes it without an ID token of the user pool. */
export class DashboardApi extends StageApi {
  readonly #authorizer: CognitoUserPoolsAuthorizer;

  constructor(scope: Construct, id: string, { settings, alarms, users, webAcl }: DashboardApiProps) {
    super(scope, id, {
      settings,
      restApiName: `lead-relay-${settings.stage}-dashboard`,
      description: 'API of the dashboard',
      // The account's role for logs is set by the other stack.
      cloudWatchRole: false,
    });
    answerAsDashboard(this.api);
    this.#authorizer = new CognitoUserPoolsAuthorizer(this, 'Authorizer', {
      cognitoUserPools: [users],
      // A token that was looked at a while ago may have run out since.
      resultsCacheTtl: Duration.seconds(0),
    });
    webAcl?.guard(this, 'Guarded', this.api.deploymentStage);
    if (!webAcl) acknowledge(this.api, 'APIG3', 'The setting waf is off for this stage.');
    acknowledge(this.api, 'APIG2', 'api checks each body and query with the schemas that its description is made of.');
    alarms.raise({
      runbook: 'dashboard-fails',
      impact: 'The dashboard is answered with failures of ours; leads come in and are told all the same.',
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM }),
      atLeast: 1,
    });
  }

  /** Hands every request of somebody who is signed in to the step. */
  serve({ handler }: StepFunction) {
    this.api.root
      .resourceForPath('/api/{proxy+}')
      .addMethod('ANY', new LambdaIntegration(handler, { allowTestInvoke: false }), {
        authorizationType: AuthorizationType.COGNITO,
        authorizer: this.#authorizer,
      });
  }
}
