import { type EmailRow, type Subscription, tenantsIn } from '../core/email-target.ts';
import { type Finding, fine, wrong } from '../core/finding.ts';

export interface EmailPorts {
  isOnFor: { slack: boolean; email: boolean };
  /** Addresses that stand in the settings of the stage. */
  fixedEmailsOf: (tenant: string) => string[];
  /** Those that people entered. */
  emailsOf: (tenant: string) => Promise<EmailRow[]>;
  /** What SNS knows of the topic of alerts. */
  subscriptionsTo: (rows: EmailRow[]) => Promise<Subscription[]>;
  now: () => number;
}

/** SNS lists a new subscription a moment later: milliseconds. */
const LISTED_WITHIN = 60 * 60_000;
const enter = 'at the dashboard under Settings, E-mail';

/** Whether everybody who shall get alerts by e-mail has confirmed it and has not left. */
export async function checkEmails(tenant: string, ports: EmailPorts): Promise<Finding[]> {
  if (!ports.isOnFor.email) return [];
  const rows = await ports.emailsOf(tenant);
  const subscriptions = await ports.subscriptionsTo(rows);
  const fixed = ports.fixedEmailsOf(tenant);
  const settled = rows.filter(({ changedAt }) => ports.now() - Date.parse(changedAt) >= LISTED_WITHIN);
  const listed = new Map(subscriptions.map((one) => [one.address, one]));
  const meant = [...new Set([...fixed, ...settled.map(({ address }) => address)])].sort();
  const others = subscriptions.filter((one) => tenantsIn(one)?.includes(tenant) && !meant.includes(one.address));
  if (meant.length + others.length + rows.length === 0) return [nobody(tenant)];
  const found = meant.flatMap((address) => of(tenant, address, listed.get(address), fixed.includes(address)));
  return found.length > 0
    ? found
    : [fine('emails', { tenant }, 'Every e-mail address has confirmed its subscription.')];
}

function of(tenant: string, address: string, known: Subscription | undefined, isFixed: boolean): Finding[] {
  if (known && !known.isPending) return [];
  const cure = isFixed
    ? 'Deploy the stage again: npm run deploy. SNS then asks the address once more; its owner clicks Confirm subscription in that mail.'
    : `Take the address out ${enter}, enter it again, and have its owner click Confirm subscription in the mail of AWS.`;
  const consequence = `${address} gets no alerts.`;
  const cause = known
    ? `${address} has not confirmed that it wants alerts.`
    : `${address} is no subscriber (any more): somebody there unsubscribed, or SNS gave it up.`;
  return [wrong('emails', { tenant }, { cause, consequence, cure })];
}

const nobody = (tenant: string): Finding =>
  wrong(
    'emails',
    { tenant },
    {
      cause: 'Alerts by e-mail are on, and no address gets them.',
      consequence: 'Nobody is told of leads by e-mail.',
      cure: `Enter an address ${enter}, or set channels.email to false for the stage.`,
    },
  );
