import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { askToConfirm, confirm } from '../../local/cloud/confirmations.ts';
import { provision } from '../../local/cloud/provision.ts';
import { openStores, type Stores } from '../../local/cloud/stores.ts';
import { Inbox } from '../../local/console/inbox.ts';
import type { EditableTemplate } from '../e2e/assembly.ts';
import { dashboardTemplate } from './dashboard-fixture.ts';
import { arnOf, propertiesOf } from './fixture.ts';

const topic = arnOf('sns', 'Topic');
const dataDir = () => mkdtempSync(join(tmpdir(), 'lead-relay-sns-'));

/** One start of a run on a folder, and its end. */
function run(folder: string, edit: (template: EditableTemplate) => void, use: (stores: Stores) => void = () => {}) {
  const stores = openStores(folder);
  provision(dashboardTemplate(edit), [], stores);
  use(stores);
  const found = stores.sns.listSubscriptionsByTopic(topic).subscriptions;
  stores.close();
  return found.map(({ endpoint, confirmed, attributes }) => [endpoint, confirmed, attributes['FilterPolicy']]).sort();
}
const nothing = () => {};
const setPolicy = (policy: string) => (stores: Stores) => {
  const [one] = stores.sns.listSubscriptionsByTopic(topic).subscriptions;
  if (!one) throw new Error('there is no subscription');
  one.attributes['FilterPolicy'] = policy;
  stores.sns.persistence?.updateSubscriptionAttributes(one.arn, one.attributes);
};

it('makes the subscriptions of the template, and leaves alone what people did to them and beside them', () => {
  const folder = dataDir();
  expect(run(folder, nothing)).toEqual([['reader@acme.example', true, '{"tenant":["acme"]}']]);
  run(folder, nothing, setPolicy('{"tenant":["acme","other"]}'));
  run(folder, nothing, ({ sns }) => sns.subscribe(topic, 'email', 'new@acme.example', { FilterPolicy: '{}' }));
  expect(run(folder, nothing)).toEqual([
    ['new@acme.example', false, '{}'],
    ['reader@acme.example', true, '{"tenant":["acme","other"]}'],
  ]);
});

it('does what a changed template says, as a deployment would', () => {
  const folder = dataDir();
  run(folder, nothing, setPolicy('{"tenant":["acme","other"]}'));
  const changed = (template: EditableTemplate) =>
    Object.assign(propertiesOf(template, 'Reader'), { FilterPolicy: { tenant: ['third'] } });
  expect(run(folder, changed)).toEqual([['reader@acme.example', true, '{"tenant":["third"]}']]);
  expect(run(folder, ({ Resources }) => delete Resources['Reader'])).toEqual([]);
});

it('asks an address that is new by a message, whose link confirms it for good', () => {
  const folder = dataDir();
  const inbox = new Inbox(folder);
  const form = { TopicArn: topic, Protocol: 'email', Endpoint: 'new@acme.example' };
  const subscribed = run(folder, nothing, (stores) => {
    stores.sns.subscribe(topic, 'email', 'new@acme.example', {});
    askToConfirm(form, stores, inbox);
  });
  expect(subscribed[0]).toEqual(['new@acme.example', false, undefined]);
  expect(inbox.messages).toMatchObject([
    { channel: 'email', to: 'new@acme.example', text: expect.stringContaining('To confirm, open /local/confirm/') },
  ]);
  const id = /\/local\/confirm\/(\S+)/.exec(inbox.messages[0]?.text ?? '')?.[1] ?? '';
  run(folder, nothing, (stores) => expect([confirm('another', stores), confirm(id, stores)]).toEqual([false, true]));
  const after = run(folder, nothing, (stores) => askToConfirm(form, stores, inbox));
  expect([after[0], inbox.messages.length]).toEqual([['new@acme.example', true, undefined], 1]);
});
