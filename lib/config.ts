import type * as z from 'zod';
import { StageSettings } from './settings.ts';

/** A setting that is wrong. The message is a sentence for the person who runs the synth. */
export class SettingError extends Error {}

/** The settings of a stage, complete. `delaySeconds` holds every source that is on. */
export type Settings = Omit<z.output<typeof StageSettings>, 'delaySeconds'> & {
  readonly stage: string;
  readonly delaySeconds: Readonly<Record<string, number>>;
};

const DEFAULT_STAGE = 'dev';
const DEFAULT_DELAY = 600;
const names = Object.keys(StageSettings.shape);

/** The settings of the stage that the context picks: the stage's own over the defaults, and `-c name=value` over both. */
export function readSettings(context: Record<string, unknown>): Settings {
  const stage = text(context['stage'] ?? DEFAULT_STAGE);
  const stages = (context['stages'] ?? {}) as Record<string, object>;
  if (!Object.hasOwn(stages, stage)) {
    throw new SettingError(`There is no stage ${stage} in cdk.json. The stages are ${Object.keys(stages).join(', ')}.`);
  }
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage)) {
    throw new SettingError(
      `The stage ${stage} needs another name: 1 to 20 of a-z, 0-9 and -, beginning with a letter.`,
    );
  }
  const given: Record<string, unknown> = { ...stages[stage], ...overrides(context) };
  const result = StageSettings.safeParse(given);
  if (!result.success) throw new SettingError(result.error.issues.map((issue) => sentence(issue, given)).join('\n'));
  return { ...result.data, stage, delaySeconds: delays(result.data) };
}

/** What a person should know about settings that are legal. */
export function warningsOf(settings: Settings): { id: string; message: string }[] {
  const isTrial = ['dev', 'local'].includes(settings.stage);
  const isDefault = settings.lookupBucket === StageSettings.shape.lookupBucket.parse(undefined);
  const deaf = Object.keys(settings.tenants).filter((id) => !settings.tenants[id]?.emailSubscribers.length);
  return [
    ...(isDefault && !isTrial && settings.ownerDirectories.includes('lookup')
      ? [
          {
            id: 'lead-relay:lookupBucket',
            message: `lookupBucket is still ${settings.lookupBucket}, a bucket that is not yours: whoever owns it names the owners of your leads. Set lookupBucket, or take lookup out of ownerDirectories.`,
          },
        ]
      : []),
    ...(settings.channels.email && deaf.length
      ? [
          {
            id: 'lead-relay:emailSubscribers',
            message: `The channel email is on, but these tenants have no emailSubscribers: ${deaf.join(', ')}.`,
          },
        ]
      : []),
  ];
}

/** Context that names a setting. All other plain names are typing errors; CDK's own have a `:`, `@` or `-` in them. */
function overrides(context: Record<string, unknown>) {
  const given = Object.entries(context).filter(([name]) => /^[A-Za-z]+$/.test(name) && !/^stages?$/.test(name));
  return Object.fromEntries(given.map(([name, value]) => [name, fromCommandLine(name, value)]));
}

/** `-c delaySeconds=300` arrives as the string 300, `-c waf=false` as the string false, an object as JSON. */
function fromCommandLine(name: string, value: unknown): unknown {
  const schema = (StageSettings.shape as Record<string, z.ZodType>)[name];
  if (typeof value !== 'string' || !schema || schema.safeParse(value).success) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function delays({ sources, delaySeconds }: z.output<typeof StageSettings>) {
  const of = (source: (typeof sources)[number]) =>
    typeof delaySeconds === 'number' ? delaySeconds : (delaySeconds[source] ?? DEFAULT_DELAY);
  return Object.fromEntries(sources.map((source) => [source, of(source)]));
}

function sentence(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const [name, ...rest] = issue.path.map(String);
  if (issue.code === 'unrecognized_keys' && !name) {
    return `There is no setting ${issue.keys.join(', ')}. The settings are ${names.join(', ')}.`;
  }
  const path = [name, ...rest, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])];
  const value = path.reduce<unknown>(
    (parent, key) => (parent as Record<string, unknown> | undefined)?.[key ?? ''],
    given,
  );
  const { description } = StageSettings.shape[name as keyof typeof StageSettings.shape];
  return `The setting ${path.join('.')} is ${text(value)}. ${path.length > 1 ? name : 'It'} must be ${description}.`;
}

const text = (value: unknown) =>
  (typeof value === 'string' && value ? value : (JSON.stringify(value) ?? 'missing')).slice(0, 100);
