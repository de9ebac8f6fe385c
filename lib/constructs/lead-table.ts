import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { StepFunction } from './step-function.ts';

const string = (name: string) => ({ name, type: AttributeType.STRING });

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
    for (const indexName of ['GSI1', 'GSI2', 'GSI3', 'GSI4']) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: string(`${indexName}PK`),
        sortKey: string(`${indexName}SK`),
      });
    }
  }

  /** Lets the step do this to the table, and not to its indexes. */
  grantTo(step: StepFunction, ...actions: ('GetItem' | 'PutItem' | 'UpdateItem' | 'Query')[]) {
    step.allow(
      actions.map((action) => `dynamodb:${action}`),
      [this.tableArn],
    );
  }
}
