import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Answers a finding of cdk-nag's AwsSolutions with the reason why it may stay; it covers what is inside the construct too. */
export function acknowledge(construct: IConstruct, finding: string, reason: string) {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason });
}
