import {
  type EmailRow,
  type EmailTarget,
  isOnlyOf,
  policyWith,
  policyWithout,
  type Subscription,
  targetsOf,
  tenantsIn,
  toWiden,
} from '../core/email-target.ts';
import type { Actor } from './actor.ts';
import { Failed, notFound } from './failed.ts';

export interface EmailPorts {
  now: () => number;
  /** Addresses of the tenant in the settings of the stage. */
  fixedEmailsOf: (tenant: string) => string[];
  emailRowsOf: (tenant: string) => Promise<EmailRow[]>;
  saveEmail: (tenant: string, row: EmailRow, by: Actor) => Promise<void>;
  deleteEmail: (tenant: string, address: string) => Promise<void>;
  /** What SNS knows of everybody's addresses; of those that did not confirm only where their ARN was kept. */
  subscriptions: (keptArns: Record<string, string>) => Promise<Subscription[]>;
  subscribe: (address: string, policy: object) => Promise<string>;
  setPolicy: (arn: string, policy: object) => Promise<void>;
  unsubscribe: (arn: string) => Promise<void>;
}

/** Addresses of a tenant: SNS sends to each of them by itself. */
const MOST = 50;

/** The addresses of the tenant. What people entered and SNS did not take over yet is taken over now. */
export async function listEmails({ tenant }: Actor, ports: EmailPorts): Promise<EmailTarget[]> {
  const known = await knownOf(tenant, ports);
  for (const { arn, ...subscription } of toWiden(tenant, known))
    await ports.setPolicy(arn, policyWith(tenant, { arn, ...subscription }));
  return targetsOf(tenant, known, ports.now());
}

/** Has SNS ask an address for its consent; one that subscribes for other tenants gets this one's alerts too. */
export async function addEmail(actor: Actor, given: string, ports: EmailPorts): Promise<EmailTarget[]> {
  const { tenant } = actor;
  const known = await knownOf(tenant, ports);
  const targets = targetsOf(tenant, known, ports.now());
  if (targets.length >= MOST)
    throw new Failed('conflict', `there are ${MOST} addresses already; a mailing list takes more`);
  const found = known.subscriptions.find(isAt(given));
  const address = found?.address ?? given.toLowerCase();
  let arn = found?.arn ?? '';
  if (!found) arn = await ports.subscribe(address, { tenant: [tenant] });
  else if (arn !== '' && tenantsIn(found)?.includes(tenant) === false)
    await ports.setPolicy(arn, policyWith(tenant, found));
  await ports.saveEmail(tenant, { address, arn, changedAt: new Date(ports.now()).toISOString() }, actor);
  return listEmails(actor, ports);
}

/** Takes an address from the tenant; it ends at SNS where no other tenant has it. */
export async function removeEmail(actor: Actor, given: string, ports: EmailPorts): Promise<EmailTarget[]> {
  const { tenant } = actor;
  const known = await knownOf(tenant, ports);
  const target = targetsOf(tenant, known, ports.now()).find(isAt(given));
  if (!target) throw notFound('address');
  if (target.is_fixed)
    throw new Failed(
      'conflict',
      'this address stands in the settings of the stage (emailSubscribers in cdk.json) and is removed there',
    );
  if (target.state === 'pending')
    throw new Failed(
      'conflict',
      'this address has not confirmed, and SNS removes no such address: nothing is sent to it, and SNS forgets it after some days',
    );
  await end(tenant, known.subscriptions.find(isAt(given)), ports);
  await ports.deleteEmail(tenant, target.address);
  return listEmails(actor, ports);
}

async function end(tenant: string, subscription: Subscription | undefined, ports: EmailPorts): Promise<void> {
  if (subscription?.arn === undefined) return;
  if (tenantsIn(subscription) === undefined)
    throw new Failed(
      'conflict',
      'this address gets the alerts of every tenant; whoever subscribed it at SNS removes it there',
    );
  if (isOnlyOf(tenant, subscription)) await ports.unsubscribe(subscription.arn);
  else await ports.setPolicy(subscription.arn, policyWithout(tenant, subscription));
}

async function knownOf(tenant: string, ports: EmailPorts) {
  const rows = await ports.emailRowsOf(tenant);
  const arns = Object.fromEntries(rows.map(({ address, arn }) => [address, arn]));
  return { fixed: ports.fixedEmailsOf(tenant), rows, subscriptions: await ports.subscriptions(arns) };
}

const isAt =
  (address: string) =>
  (one: { address: string }): boolean =>
    one.address.toLowerCase() === address.toLowerCase();
