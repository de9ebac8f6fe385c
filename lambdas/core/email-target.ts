/** An e-mail address that subscribes to the topic of alerts, as SNS knows it. */
export interface Subscription {
  address: string;
  /** Absent where SNS does not tell it. */
  arn: string | undefined;
  /** Nobody there has confirmed it; SNS sends nothing to it. */
  isPending: boolean;
  /** Which messages it is for; absent where it is for all, or unknown. */
  policy: Record<string, unknown> | undefined;
}

/** An address that somebody of a tenant entered. */
export interface EmailRow {
  address: string;
  arn: string;
  /** ISO 8601, UTC. */
  changedAt: string;
}

/** An address as people see it. */
export interface EmailTarget {
  address: string;
  state: 'confirmed' | 'pending';
  /** Stands in the settings of the stage. */
  is_fixed: boolean;
}

/** SNS lists a new subscription a moment later; one that it does not list after that is gone: milliseconds. */
const LISTED_WITHIN = 60 * 60_000;

/** The tenants whose messages a subscription gets; nothing where it gets everybody's. */
export const tenantsIn = ({ policy }: Pick<Subscription, 'policy'>): string[] | undefined => {
  const tenants = policy?.['tenant'];
  return Array.isArray(tenants) ? tenants.filter((one) => typeof one === 'string') : undefined;
};

/** Whether somebody else gets nothing by this subscription, so that it may end. */
export const isOnlyOf = (tenant: string, subscription: Subscription): boolean =>
  tenantsIn(subscription)?.every((one) => one === tenant) ?? false;

export const policyWith = (tenant: string, { policy }: Subscription): object => ({
  ...policy,
  tenant: [...new Set([...(tenantsIn({ policy }) ?? []), tenant])].sort(),
});

export const policyWithout = (tenant: string, { policy }: Subscription): object => ({
  ...policy,
  tenant: (tenantsIn({ policy }) ?? []).filter((one) => one !== tenant),
});

interface Known {
  /** Of the settings of the stage. */
  fixed: string[];
  rows: EmailRow[];
  subscriptions: Subscription[];
}

/**
 * A tenant's addresses by name: what the settings have, what people entered, and what else SNS sends the tenant's alerts to. Of no
 * address anything is said that another tenant alone has; an entered one that SNS does not know (any more) is left out.
 */
export function targetsOf(tenant: string, { fixed, rows, subscriptions }: Known, now: number): EmailTarget[] {
  const at = new Map(subscriptions.map((one) => [one.address, one]));
  const isNew = ({ changedAt }: EmailRow) => now - Date.parse(changedAt) < LISTED_WITHIN;
  const entered = rows.filter((row) => at.has(row.address) || isNew(row)).map(({ address }) => address);
  const filtered = subscriptions.filter((one) => tenantsIn(one)?.includes(tenant)).map(({ address }) => address);
  return [...new Set([...fixed, ...entered, ...filtered])].sort().map((address) => ({
    address,
    state: at.get(address)?.isPending === false ? 'confirmed' : 'pending',
    is_fixed: fixed.includes(address),
  }));
}

/** Confirmed subscriptions that do not get the alerts of a tenant whose people entered them: somebody was faster, or they had not confirmed then. */
export const toWiden = (tenant: string, { rows, subscriptions }: Known): (Subscription & { arn: string })[] =>
  subscriptions.flatMap((one) => {
    const isMissing = tenantsIn(one)?.includes(tenant) === false;
    const isEntered = rows.some(({ address }) => address === one.address);
    return one.arn !== undefined && isEntered && isMissing ? [{ ...one, arn: one.arn }] : [];
  });
