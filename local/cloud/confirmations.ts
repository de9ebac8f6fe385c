import type { Inbox } from '../console/inbox.ts';
import type { Stores } from './stores.ts';

/** Asks an address that was just subscribed whether it wants that, as SNS does: by a message with a link. */
export function askToConfirm({ TopicArn = '', Endpoint = '' }: Record<string, string>, { sns }: Stores, inbox: Inbox) {
  const asked = [...sns.subscriptions.values()].find(
    ({ topicArn, protocol, endpoint, confirmed }) =>
      topicArn === TopicArn && protocol === 'email' && endpoint === Endpoint && !confirmed,
  );
  if (!asked) return;
  const text = `AWS Notification - Subscription Confirmation\n\nYou have chosen to subscribe to the topic ${TopicArn}. To confirm, open ${linkTo(asked.arn)} of this run.`;
  inbox.add({ channel: 'email', to: Endpoint, lead_id: null, text, payload: { TopicArn, Link: linkTo(asked.arn) } });
}

const linkTo = (arn: string) => `/local/confirm/${arn.split(':').at(-1)}`;

/** Confirms a subscription by the last part of its ARN. False where there is none. */
export function confirm(id: string, { sns }: Stores): boolean {
  const subscription = [...sns.subscriptions.values()].find(({ arn }) => arn.endsWith(`:${id}`));
  if (!subscription) return false;
  subscription.confirmed = true;
  sns.persistence?.insertSubscription(subscription);
  return true;
}
