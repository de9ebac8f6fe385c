import { Token } from 'aws-cdk-lib';
import { categories } from '../../lambdas/core/category.ts';
import { SettingError, type Settings } from '../config.ts';
import type { StageQueue } from './stage-queue.ts';

/** Lambda takes this much for all names and values together. */
const LIMIT = 4096;

/** What to count for a value that CloudFormation fills in; a queue's URL is about the longest. */
const FILLED_IN = 160;

const settingOf: Record<string, string> = {
  TIME_ZONES: 'tenants',
  FIELDS: 'closeFields or hubspotFields',
  MEMBERSHIP: 'tenants',
  ALERT_FOR: 'tenants',
  EMAIL_SUBSCRIBERS: 'tenants',
  TOLERANCE: 'toleranceSeconds',
};

/** Stops the synth when settings make an environment too large for Lambda, with the name of the setting that takes most of it. */
export function checkSize(step: string, environment: Readonly<Record<string, string>>) {
  const sizes = Object.entries(environment)
    .map(([name, value]) => ({
      name,
      bytes: name.length + (Token.isUnresolved(value) ? FILLED_IN : Buffer.byteLength(value)),
    }))
    .sort((a, b) => b.bytes - a.bytes);
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const [longest] = sizes;
  if (total <= LIMIT || !longest) return;
  const setting =
    settingOf[longest.name] ?? longest.name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  throw new SettingError(
    `The setting ${setting} is too long: its ${longest.bytes} bytes bring the environment of ${step} to ${total} bytes, and Lambda allows ${LIMIT} for all of it.`,
  );
}

/** What each source's custom fields are called, as the functions read it. */
export const fieldsOf = ({ closeFields: { funnel, names }, hubspotFields }: Settings): string =>
  JSON.stringify({ close: { funnel, names }, hubspot: hubspotFields });

/** Where parked messages lie, and where they go back to, as the functions read it. */
export const deadLettersOf = (queues: Readonly<Record<string, StageQueue>>): string =>
  JSON.stringify(
    Object.entries(queues).map(([name, { queue, deadLetters }]) => ({
      name,
      deadLetters: deadLetters.queueUrl,
      queue: queue.queueUrl,
    })),
  );

/** Each tenant's time zone, as the functions read it. */
export const timeZonesOf = ({ tenants }: Settings): string =>
  JSON.stringify(Object.fromEntries(Object.entries(tenants).map(([id, { timeZone }]) => [id, timeZone])));

/** The addresses that the settings give each tenant; people add others at the dashboard. */
export const subscribersOf = ({ tenants }: Settings): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(tenants).map(([id, { emailSubscribers }]) => [id, emailSubscribers])),
  );

/** What each tenant's stages and labels say of membership: under `*` what most of them have, and by tenant what is another. */
export function membershipOf({ tenants }: Settings): string {
  const all = Object.entries(tenants).map(([id, { membership }]) => ({
    id,
    membership,
    text: JSON.stringify(membership),
  }));
  const [[, [most]] = ['', []]] = [...Map.groupBy(all, ({ text }) => text)].sort(([, a], [, b]) => b.length - a.length);
  const others = all.filter(({ text }) => text !== most?.text);
  return JSON.stringify({
    '*': most?.membership,
    ...Object.fromEntries(others.map(({ id, membership }) => [id, membership])),
  });
}

/** Which categories tenants are told of, where it is not all of them. */
export const alertsOf = ({ tenants }: Settings): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(tenants).flatMap(([id, { alertFor }]) =>
        categories.every((category) => alertFor.includes(category)) ? [] : [[id, alertFor]],
      ),
    ),
  );
