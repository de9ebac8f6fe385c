import { GetQueueAttributesCommand, ListQueuesCommand, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { LocalRun } from './local-run.ts';

/** Moves what is in the DLQ of the owner queue, or of the capture queue, back to it, as the runbook says. */
export async function redrive(run: LocalRun, of: 'Owner' | 'Capture' = 'Owner'): Promise<void> {
  const { QueueUrls = [] } = await run.sqs.send(new ListQueuesCommand({}));
  const urls = QueueUrls.filter((url) => url.includes(`${of}Queue`));
  const dlq = urls.find((url) => url.includes('DeadLetters'));
  const queue = urls.find((url) => url !== dlq);
  await run.sqs.send(
    new StartMessageMoveTaskCommand({ SourceArn: await arnOf(run, dlq), DestinationArn: await arnOf(run, queue) }),
  );
}

async function arnOf(run: LocalRun, QueueUrl: string | undefined): Promise<string> {
  const { Attributes } = await run.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return Attributes?.['QueueArn'] ?? '';
}
