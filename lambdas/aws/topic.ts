import { PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { Later } from '../core/failures.ts';
import { answerWithin } from './deadlines.ts';

const client = new SNSClient({ maxAttempts: 2, requestHandler: answerWithin(2000) });

/** Publishes to a topic, to each kind of subscriber its own words where there are several, and returns the message's id. Throws `Later` where SNS is down, slow or throttles. */
export async function publish(
  topicArn: string,
  { subject, body }: { subject: string; body: string | { default: string; email: string } },
  attributes: Record<string, string>,
): Promise<string> {
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  try {
    const message =
      typeof body === 'string' ? { Message: body } : { Message: JSON.stringify(body), MessageStructure: 'json' };
    const { MessageId } = await client.send(
      new PublishCommand({ TopicArn: topicArn, Subject: subject, ...message, MessageAttributes }),
    );
    return MessageId ?? '';
  } catch (error) {
    if (isForGood(error)) throw error;
    throw new Later(`SNS: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
}

/** What SNS refused, rather than could not do now: a right or a topic that is missing. */
const isForGood = (error: unknown): boolean =>
  error instanceof SNSServiceException &&
  error.$fault === 'client' &&
  error.$metadata.httpStatusCode !== 429 &&
  !/throttl/i.test(error.name);
