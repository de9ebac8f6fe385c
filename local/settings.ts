import { resolve } from 'node:path';
import { StartError } from './start-error.ts';

/** What a person may set through the environment of `npm start`. */
export interface Settings {
  port: number;
  awsPort: number;
  delaySeconds: number;
  timeoutSeconds: number;
  /** Messages a second for every channel; absent means no pace. */
  maxPace: number | undefined;
  /** Alerts a minute for every channel, above which they are told together; absent means no limit. */
  maxAlertsPerMinute: number | undefined;
  dataDir: string;
  /** A cloud assembly to load instead of synthesizing one. */
  cdkOut: string | undefined;
  /** The built dashboard to serve as it is instead of building it. */
  dashboardDist: string | undefined;
}

/** The settings of this run. Throws a sentence that names the variable and its range. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return {
    port: wholeNumber(env, 'PORT', 3000, 0, 65_535),
    awsPort: wholeNumber(env, 'AWS_PORT', 4566, 0, 65_535),
    delaySeconds: wholeNumber(env, 'DELAY_SECONDS', 10, 0, 900),
    timeoutSeconds: wholeNumber(env, 'TIMEOUT_SECONDS', 20, 8, 900),
    maxPace: pace(env['MAX_PACE']),
    maxAlertsPerMinute: alertsPerMinute(env['MAX_ALERTS_PER_MINUTE']),
    dataDir: resolve(env['DATA_DIR'] || '.local'),
    cdkOut: env['CDK_OUT'] ? resolve(env['CDK_OUT']) : undefined,
    dashboardDist: env['DASHBOARD_DIST'] ? resolve(env['DASHBOARD_DIST']) : undefined,
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number, least: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new StartError(`${name} is "${text}"; it must be a whole number from ${least} to ${most}.`);
}

const isOff = (text: string | undefined) => text === undefined || text === '' || text === 'off';

function pace(text: string | undefined): number | undefined {
  if (isOff(text)) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new StartError(`MAX_PACE is "${text}"; it must be a number of messages a second above 0, or "off".`);
}

function alertsPerMinute(text: string | undefined): number | undefined {
  if (isOff(text)) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new StartError(`MAX_ALERTS_PER_MINUTE is "${text}"; it must be a whole number of at least 1, or "off".`);
}
