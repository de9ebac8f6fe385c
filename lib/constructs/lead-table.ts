import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { StepFunction } from './step-function.ts';

const string = (name: string) => ({ name, type: AttributeType.STRING });

/** Two for lists, which show rows as they are, and two for finding a few keys; an index with whole rows is paid for at each write. */
const indexes = {
  GSI1: ProjectionType.ALL,
  GSI2: ProjectionType.ALL,
  GSI3: ProjectionType.KEYS_ONLY,
  GSI4: ProjectionType.KEYS_ONLY,
};

/** Leads and what happened to them. All four indexes are there from the start: CloudFormation adds one an update. */
export class LeadTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: string('PK'),
      sortKey: string('SK'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [indexName, projectionType] of Object.entries(indexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        projectionType,
        partitionKey: string(`${indexName}PK`),
        sortKey: string(`${indexName}SK`),
      });
    }
  }

  /** Lets the step look into these indexes. */
  grantQuery(step: StepFunction, ...names: (keyof typeof indexes)[]) {
    step.allow(
      ['dynamodb:Query'],
      names.map((name) => `${this.tableArn}/index/${name}`),
    );
  }

  /** Lets the step do this to the table, and not to its indexes. */
  grantTo(
    step: StepFunction,
    ...actions: ('GetItem' | 'BatchGetItem' | 'PutItem' | 'BatchWriteItem' | 'UpdateItem' | 'DeleteItem' | 'Query')[]
  ) {
    step.allow(
      actions.map((action) => `dynamodb:${action}`),
      [this.tableArn],
    );
  }
}
