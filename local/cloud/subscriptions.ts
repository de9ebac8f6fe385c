import type { Resource, Template } from '../template/template.ts';
import type { Stores } from './stores.ts';

type Wanted = Resource<'AWS::SNS::Subscription'>['properties'];

/**
 * The template's subscriptions, all of them confirmed. One is made, made anew or taken away when the template says so, as by a
 * deployment; meanwhile what people change of it stays, and so do those that they made.
 */
export function subscribe(template: Template, stores: Stores) {
  const { db } = stores;
  db.exec('CREATE TABLE IF NOT EXISTS template_subscriptions (key TEXT PRIMARY KEY, properties TEXT)');
  const rows = db.prepare('SELECT key, properties FROM template_subscriptions').all();
  const put = db.prepare('INSERT OR REPLACE INTO template_subscriptions VALUES (?, ?)');
  const drop = db.prepare('DELETE FROM template_subscriptions WHERE key = ?');
  const made = new Map(rows.map(({ key, properties }) => [String(key), String(properties)]));
  for (const { properties } of template.of('AWS::SNS::Subscription')) {
    const key = JSON.stringify([properties.TopicArn, properties.Protocol, properties.Endpoint]);
    const text = JSON.stringify(properties);
    const isAsMade = made.get(key) === text && find(key, stores) !== undefined;
    made.delete(key);
    if (isAsMade) continue;
    remove(key, stores);
    make(properties, stores);
    put.run(key, text);
  }
  for (const key of made.keys()) {
    remove(key, stores);
    drop.run(key);
  }
}

function make(wanted: Wanted, { sns }: Stores) {
  const { TopicArn, Protocol, Endpoint, FilterPolicy, FilterPolicyScope, RawMessageDelivery } = wanted;
  const subscription = sns.subscribe(TopicArn, Protocol, Endpoint, {
    ...(FilterPolicy && { FilterPolicy: JSON.stringify(FilterPolicy) }),
    ...(FilterPolicyScope && { FilterPolicyScope }),
    ...(RawMessageDelivery && { RawMessageDelivery: 'true' }),
  });
  if (!subscription) return;
  subscription.confirmed = true;
  sns.persistence?.insertSubscription(subscription);
}

const find = (key: string, { sns }: Stores) =>
  [...sns.subscriptions.values()].find(
    ({ topicArn, protocol, endpoint }) => JSON.stringify([topicArn, protocol, endpoint]) === key,
  );

function remove(key: string, stores: Stores) {
  const existing = find(key, stores);
  if (existing) stores.sns.unsubscribe(existing.arn);
}
