import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Shows each value under its own name, without the path of a construct in front. */
export function show(scope: Construct, values: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(values)) new CfnOutput(Stack.of(scope), name, { value });
}
