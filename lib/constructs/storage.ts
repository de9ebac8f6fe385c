import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { prefixes } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import type { StageQueue } from './stage-queue.ts';
import type { StepFunction } from './step-function.ts';

/** For so many days something is kept that people are to fetch, and a version that was deleted. */
const KEPT_DAYS = { exports: 7, deleted: 7, deletedExports: 1 };

interface StorageProps {
  readonly settings: Settings;
  /** Hears of every new delivery. */
  readonly announceTo: StageQueue;
}

/** Everything received and everything made of it. Nothing in `source/` is ever overwritten, and the bucket outlives the stack. */
export class Storage extends Bucket {
  constructor(scope: Construct, id: string, { settings, announceTo }: StorageProps) {
    super(scope, id, {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        ...Object.entries(prefixes).map(([name, prefix]) => ({
          id: name,
          prefix,
          ...(prefix === prefixes.exports
            ? {
                expiration: Duration.days(KEPT_DAYS.exports),
                noncurrentVersionExpiration: Duration.days(KEPT_DAYS.deletedExports),
              }
            : {
                expiration: Duration.days(settings.retentionDays),
                noncurrentVersionExpiration: Duration.days(KEPT_DAYS.deleted),
              }),
        })),
        { id: 'leftovers', expiredObjectDeleteMarker: true, abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    this.#neverOverwriteDeliveries();
    this.#announceDeliveries(announceTo);
    acknowledge(
      this,
      'S1',
      'Server access logs are delivered as best they can and would copy lead ids to a further bucket; docs/deploy.md names CloudTrail data events instead, which are complete.',
    );
  }

  /** Lets the step put new deliveries. */
  grantPutSource(step: StepFunction) {
    step.allow(['s3:PutObject'], [this.arnForObjects(`${prefixes.source}*`)]);
    acknowledgeObjects(step, this, prefixes.source);
  }

  /** Lets the step read deliveries. */
  grantReadSource(step: StepFunction) {
    step.allow(['s3:GetObject'], [this.arnForObjects(`${prefixes.source}*`)]);
    acknowledgeObjects(step, this, prefixes.source);
  }

  /** Lets the step see which deliveries there are. */
  grantListSource(step: StepFunction) {
    step.allow(['s3:ListBucket'], [this.bucketArn]);
  }

  /** Lets the step read what vendors answered. */
  grantReadDetails(step: StepFunction) {
    step.allow(['s3:GetObject'], [this.arnForObjects(`${prefixes.details}*`)]);
    acknowledgeObjects(step, this, prefixes.details);
  }

  /** Lets the step keep what vendors answered, and read it again. */
  grantDetails(step: StepFunction) {
    step.allow(['s3:GetObject', 's3:PutObject'], [this.arnForObjects(`${prefixes.details}*`)]);
    acknowledgeObjects(step, this, prefixes.details);
  }

  /** Lets the step read and write enriched leads. */
  grantTarget(step: StepFunction) {
    step.allow(['s3:GetObject', 's3:PutObject'], [this.arnForObjects(`${prefixes.target}*`)]);
    acknowledgeObjects(step, this, prefixes.target);
  }

  /** Lets the step write lists of leads, in parts where they are long. */
  grantWriteExports(step: StepFunction) {
    step.allow(['s3:AbortMultipartUpload', 's3:PutObject'], [this.arnForObjects(`${prefixes.exports}*`)]);
    acknowledgeObjects(step, this, prefixes.exports);
  }

  /** Lets the step make links to lists of leads: whoever has one may do what the step may. */
  grantReadExports(step: StepFunction) {
    step.allow(['s3:GetObject'], [this.arnForObjects(`${prefixes.exports}*`)]);
    acknowledgeObjects(step, this, prefixes.exports);
  }

  /** Lets the step delete every version of what is kept of a lead, and of every list that it may be in, and put back what tells of others too. */
  grantErase(step: StepFunction) {
    step.allow(['s3:ListBucketVersions'], [this.bucketArn]);
    step.allow(
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      [prefixes.source, prefixes.details].map((prefix) => this.arnForObjects(`${prefix}*`)),
    );
    step.allow(
      ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      [prefixes.target, prefixes.exports].map((prefix) => this.arnForObjects(`${prefix}*`)),
    );
    for (const prefix of Object.values(prefixes)) acknowledgeObjects(step, this, prefix);
  }

  /** A put without `If-None-Match` is refused whoever sends it; a second key in this condition would narrow it. */
  #neverOverwriteDeliveries() {
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NeverOverwriteDeliveries',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [this.arnForObjects(`${prefixes.source}*`)],
        conditions: { Null: { 's3:if-none-match': 'true' } },
      }),
    );
  }

  /** Set on the bucket itself: CDK's own way brings a function along. The bucket's ARN in the queue's policy would be a cycle. */
  #announceDeliveries({ queue }: StageQueue) {
    const { policyDependable } = queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'DeliveriesFromS3',
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:s3:::*` },
        },
      }),
    );
    const bucket = this.node.defaultChild as CfnBucket;
    const filter = { s3Key: { rules: [{ name: 'prefix', value: prefixes.source }] } };
    bucket.notificationConfiguration = {
      queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue.queueArn, filter }],
    };
    // S3 tries the queue when the notification is set.
    if (policyDependable) bucket.node.addDependency(policyDependable);
  }
}

function acknowledgeObjects(step: StepFunction, bucket: Storage, prefix: string) {
  acknowledge(
    step,
    `IAM5[Resource::${asFinding(bucket, Stack.of(step))}/${prefix}*]`,
    `The names in ${prefix} are made of ids known only at run time.`,
  );
}

/** The bucket's ARN as cdk-nag writes it: a resource of its own stack, an export in another one. */
function asFinding(bucket: Storage, stack: Stack): string {
  if (stack === bucket.stack) return `<${bucket.stack.getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>`;
  const imported = stack.resolve(bucket.stack.exportValue(bucket.bucketArn)) as { 'Fn::ImportValue': string };
  return imported['Fn::ImportValue'];
}
