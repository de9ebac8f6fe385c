import { PublishBatchCommand, PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { Later } from '../core/failures.ts';
import { answerWithin } from './deadlines.ts';
import { forEachNamed, together } from './together.ts';

const client = new SNSClient({ maxAttempts: 2, requestHandler: answerWithin(2000) });

/** What SNS takes at once (https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html). */
const BATCH = 10;

interface Words {
  subject: string;
  body: string | { default: string; email: string };
}
type Attributes = Record<string, string>;

/** Publishes to a topic, to each kind of subscriber its own words where there are several, and returns the message's id. Throws `Later` where SNS is down, slow or throttles. */
export async function publish(topicArn: string, words: Words, attributes: Attributes): Promise<string> {
  try {
    const { MessageId } = await client.send(
      new PublishCommand({ TopicArn: topicArn, ...messageOf(words, attributes) }),
    );
    return MessageId ?? '';
  } catch (error) {
    throw failureOf(error);
  }
}

/** The same, together with what is published at the same moment. Where that fails it fails for all of them, so that nothing is published twice. */
export const publishTogether = (topicArn: string, words: Words, attributes: Attributes): Promise<string> =>
  publisherTo(topicArn)({ words, attributes });

const publisherTo = forEachNamed((topicArn) =>
  together<{ words: Words; attributes: Attributes }, string>(BATCH, async (all) => {
    const PublishBatchRequestEntries = all.map(({ words, attributes }, index) => ({
      Id: String(index),
      ...messageOf(words, attributes),
    }));
    try {
      const { Successful = [], Failed = [] } = await client.send(
        new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries }),
      );
      return all.map((_, index) => {
        const isThis = ({ Id }: { Id?: string | undefined }) => Id === String(index);
        const taken = Successful.find(isThis);
        if (taken) return taken.MessageId ?? '';
        const { SenderFault = false, Code = 'unknown error' } = Failed.find(isThis) ?? {};
        return SenderFault && !/throttl/i.test(Code) ? new Error(Code) : new Later(`SNS: ${Code}`);
      });
    } catch (error) {
      return all.map(() => failureOf(error));
    }
  }),
);

function messageOf({ subject, body }: Words, attributes: Attributes) {
  const words =
    typeof body === 'string' ? { Message: body } : { Message: JSON.stringify(body), MessageStructure: 'json' };
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  return { Subject: subject, ...words, MessageAttributes };
}

function failureOf(error: unknown): Error {
  if (error instanceof Error && isForGood(error)) return error;
  return new Later(`SNS: ${error instanceof Error ? error.name : 'unknown error'}`);
}

/** What SNS refused, rather than could not do now: a right or a topic that is missing. */
const isForGood = (error: unknown): boolean =>
  error instanceof SNSServiceException &&
  error.$fault === 'client' &&
  error.$metadata.httpStatusCode !== 429 &&
  !/throttl/i.test(error.name);
