import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CommandError } from './command.ts';

/** Reads what a stack shows, by name. Throws a sentence where the stack, or one of what is asked for, is not there. */
export async function stackOutputs(stack: string): Promise<(key: string) => string> {
  const outputs = await outputsOf(stack);
  return (key) => {
    const value = outputs.get(key);
    if (value === undefined) throw new CommandError(`The stack ${stack} has no output ${key}; deploy this version.`);
    return value;
  };
}

async function outputsOf(stack: string): Promise<Map<string, string>> {
  try {
    const { Stacks = [] } = await new CloudFormationClient({}).send(new DescribeStacksCommand({ StackName: stack }));
    return new Map(Stacks[0]?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('does not exist')) throw error;
    const why = `The stack ${stack} is not in this account and region; deploy it, or set AWS_PROFILE and AWS_REGION.`;
    throw new CommandError(why, { cause: error });
  }
}
