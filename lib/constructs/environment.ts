import { Token } from 'aws-cdk-lib';
import { SettingError, type Settings } from '../config.ts';

/** Lambda takes this much for all names and values together. */
const LIMIT = 4096;

/** What to count for a value that CloudFormation fills in; a queue's URL is about the longest. */
const FILLED_IN = 160;

const settingOf: Record<string, string> = {
  TIME_ZONES: 'tenants',
  FIELDS: 'closeFields',
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

/** Each tenant's time zone, as the functions read it. */
export const timeZonesOf = ({ tenants }: Settings): string =>
  JSON.stringify(Object.fromEntries(Object.entries(tenants).map(([id, { timeZone }]) => [id, timeZone])));
