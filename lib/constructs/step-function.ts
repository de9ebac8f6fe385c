import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { Settings } from '../config.ts';
import type { Alarms } from './alarms.ts';
import { checkSize } from './environment.ts';

interface StepFunctionProps<Env extends z.ZodObject> {
  readonly settings: Settings;
  readonly alarms: Alarms;
  /** The folder in lambdas/. */
  readonly step: 'ingest' | 'capture' | 'process' | 'erase' | 'api' | 'export' | 'replay' | 'sync' | 'sweep' | 'doctor';
  /** Every variable of the step's env.ts, as the strings that Lambda takes. */
  readonly environment: Readonly<Record<keyof z.input<Env>, string>>;
  readonly timeout: Duration;
  /** MB, and with them its share of a processor; 512 unless set. */
  readonly memorySize?: number;
  /** What a crash or a time-out of this step means for leads and people. */
  readonly impact: string;
  /** The queues it works through, one message at a time so that a crash hurts no neighbour, and this many of each at once. */
  readonly consumes?: readonly { readonly from: IQueue; readonly maxConcurrency: number }[];
}

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const envCredentials = fileURLToPath(new URL('../../lambdas/aws/env-credentials.ts', import.meta.url));

/** A step as a function: Node 24 on arm64, one bundle with everything in it, a role of its own that may only write its log. */
export class StepFunction<Env extends z.ZodObject = z.ZodObject> extends Construct {
  readonly handler: NodejsFunction;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: StepFunctionProps<Env>) {
    super(scope, id);
    checkSize(props.step, props.environment);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.handler = new NodejsFunction(this, 'Function', {
      entry: `${projectRoot}lambdas/${props.step}/handler.ts`,
      projectRoot,
      depsLockFilePath: `${projectRoot}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout,
      environment: props.environment,
      awsSdkConnectionReuse: false,
      role: this.#role,
      logGroup,
      // A lead that waits goes round queue and function; AWS would stop it after 16 rounds, our 24 hours stop it instead.
      ...(props.consumes && { recursiveLoop: RecursiveLoop.ALLOW }),
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        minify: true,
        bundleAwsSDK: true,
        externalModules: [],
        sourceMap: true,
        sourceMapMode: SourceMapMode.EXTERNAL,
        sourcesContent: false,
        logLevel: LogLevel.WARNING,
        // @slack/webhook is CommonJS and requires parts of Node, which an ES module cannot do by itself.
        banner: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
        esbuildArgs: { '--alias:@aws-sdk/credential-provider-node': envCredentials },
      },
    });
    for (const { from, maxConcurrency } of props.consumes ?? []) {
      this.handler.addEventSource(
        new SqsEventSource(from, { batchSize: 1, maxConcurrency, reportBatchItemFailures: true }),
      );
    }
    props.alarms.raise({
      runbook: `${props.step}-crashes`,
      impact: props.impact,
      metric: this.handler.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
      atLeast: 1,
    });
  }

  /** Adds one statement to the step's role. */
  allow(actions: string[], resources: string[]) {
    this.#role.addToPolicy(new PolicyStatement({ actions, resources }));
  }
}
