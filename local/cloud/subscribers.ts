import type { Inbox } from '../console/inbox.ts';
import { matchesFilterPolicy, matchesFilterPolicyOnBody, type MessageAttributeValue } from './fauxqs.ts';
import type { Stores } from './stores.ts';

/** A message as it was published to a topic. */
export interface Published {
  topicArn: string;
  subject: string | undefined;
  /** By protocol where it has several words, with `default` for all others. */
  message: string | Record<string, string>;
  attributes: Record<string, MessageAttributeValue>;
}

/** Puts what a topic's subscribers get into the inbox. fauxqs itself fills the queues that subscribe. */
export function deliver(
  { topicArn, subject, message, attributes }: Published,
  channel: 'email' | 'alarm' | 'topic',
  { sns }: Stores,
  inbox: Inbox,
) {
  const leadId = attributes['lead_id']?.StringValue ?? null;
  for (const { protocol, endpoint, confirmed, attributes: settings } of sns.listSubscriptionsByTopic(topicArn)
    .subscriptions) {
    const text = wordsFor(protocol, message);
    if (!confirmed || !wants(settings, text, attributes)) continue;
    inbox.add({
      channel: protocol === 'sqs' ? 'topic' : channel,
      to: protocol === 'sqs' ? (endpoint.split(':').at(-1) ?? endpoint) : endpoint,
      lead_id: leadId,
      // A queue gets no subject where it gets the message as it is.
      text: subject === undefined || settings['RawMessageDelivery'] === 'true' ? text : `${subject}\n\n${text}`,
      payload: {
        TopicArn: topicArn,
        ...(subject !== undefined && { Subject: subject }),
        Message: text,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, { Type: value.DataType, Value: value.StringValue }]),
        ),
      },
    });
  }
}

const wordsFor = (protocol: string, message: Published['message']): string =>
  typeof message === 'string' ? message : (message[protocol] ?? message['default'] ?? '');

function wants(
  settings: Record<string, string>,
  message: string,
  attributes: Record<string, MessageAttributeValue>,
): boolean {
  const { FilterPolicy, FilterPolicyScope } = settings;
  if (!FilterPolicy) return true;
  const policy = JSON.parse(FilterPolicy) as Record<string, unknown>;
  return FilterPolicyScope === 'MessageBody'
    ? matchesFilterPolicyOnBody(policy, message)
    : matchesFilterPolicy(policy, attributes);
}

type Form = Record<string, string>;

/** The messages of a `Publish` or `PublishBatch` as their forms carry them. fauxqs, which gets the form then, fills queues and knows no message of several words: it gets the queues' own. */
export function takePublished(form: Form): Published[] {
  const topicArn = form['TopicArn'] ?? '';
  if (form['Action'] === 'Publish') return [one(topicArn, form, '')];
  if (form['Action'] !== 'PublishBatch') return [];
  const prefixes = new Set(
    Object.keys(form).flatMap((key) => /^PublishBatchRequestEntries\.member\.\d+\./.exec(key) ?? []),
  );
  return [...prefixes].map((prefix) => one(topicArn, form, prefix));
}

function one(topicArn: string, form: Form, prefix: string): Published {
  const attributes: Record<string, MessageAttributeValue> = {};
  for (let index = 1; ; index += 1) {
    const entry = `${prefix}MessageAttributes.entry.${index}.`;
    const name = form[`${entry}Name`];
    if (name === undefined) break;
    const [text, bytes] = [form[`${entry}Value.StringValue`], form[`${entry}Value.BinaryValue`]];
    attributes[name] = {
      DataType: form[`${entry}Value.DataType`] ?? 'String',
      ...(text !== undefined && { StringValue: text }),
      ...(bytes !== undefined && { BinaryValue: bytes }),
    };
  }
  const text = form[`${prefix}Message`] ?? '';
  const message = form[`${prefix}MessageStructure`] === 'json' ? (JSON.parse(text) as Record<string, string>) : text;
  if (typeof message !== 'string') form[`${prefix}Message`] = wordsFor('sqs', message);
  return { topicArn, subject: form[`${prefix}Subject`], message, attributes };
}
