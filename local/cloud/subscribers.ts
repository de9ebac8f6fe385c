import type { Inbox } from '../console/inbox.ts';
import { matchesFilterPolicy, matchesFilterPolicyOnBody, type MessageAttributeValue } from './fauxqs.ts';
import type { Stores } from './stores.ts';

/** A message as it was published to a topic. */
export interface Published {
  topicArn: string;
  subject: string | undefined;
  message: string;
  attributes: Record<string, MessageAttributeValue>;
}

/** Puts what a topic's subscribers get into the inbox. fauxqs itself fills the queues that subscribe. */
export function deliver(
  { topicArn, subject, message, attributes }: Published,
  channel: 'email' | 'alarm',
  { sns }: Stores,
  inbox: Inbox,
) {
  const leadId = attributes['lead_id']?.StringValue ?? null;
  for (const { protocol, endpoint, confirmed, attributes: settings } of sns.listSubscriptionsByTopic(topicArn)
    .subscriptions) {
    if (!confirmed || !wants(settings, message, attributes)) continue;
    inbox.add({
      channel: protocol === 'sqs' ? 'topic' : channel,
      to: protocol === 'sqs' ? (endpoint.split(':').at(-1) ?? endpoint) : endpoint,
      lead_id: leadId,
      text: subject === undefined ? message : `${subject}\n\n${message}`,
      payload: {
        TopicArn: topicArn,
        ...(subject !== undefined && { Subject: subject }),
        Message: message,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, { Type: value.DataType, Value: value.StringValue }]),
        ),
      },
    });
  }
}

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

/** The messages of a `Publish` or `PublishBatch` as their forms carry them. */
export function publishedBy(form: Form): Published[] {
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
  return { topicArn, subject: form[`${prefix}Subject`], message: form[`${prefix}Message`] ?? '', attributes };
}
