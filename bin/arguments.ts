import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { sources } from '../lambdas/sources/registry.ts';
import { CommandError, Help } from './command.ts';

export type SourceId = keyof typeof sources;

const known = new Intl.ListFormat('en-GB').format(Object.keys(sources));

/** The options of a command line and what stands beside them. Throws a sentence where an option is unknown, and the usage where it is asked for. */
export function readOptions<T extends ParseArgsOptionsConfig>(args: string[], usage: string, options: T) {
  if (args.some((arg) => arg === '--help' || arg === '-h')) throw new Help(usage);
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const [sentence] = (error as Error).message.split('. To specify');
    throw new CommandError(`${sentence}.\n\n${usage}`, { cause: error });
  }
}

/** The source and the options of a command line. Throws a sentence where either is unknown. */
export function readArguments<T extends ParseArgsOptionsConfig>(args: string[], usage: string, options: T) {
  const { values, positionals } = readOptions(args, usage, options);
  const [source, ...more] = positionals;
  if (source === undefined) throw new CommandError(`Which source? This version knows ${known}.\n\n${usage}`);
  refuseMore(more, usage);
  return { source: sourceIn(source), values };
}

/** A source by its id. Throws a sentence where there is no such source. */
export function sourceIn(text: string): SourceId {
  if (isSource(text)) return text;
  throw new CommandError(`There is no source "${text}"; this version knows ${known}.`);
}

/** Throws a sentence where a command line goes on behind what it needs. */
export function refuseMore(more: string[], usage: string): void {
  if (more.length > 0) throw new CommandError(`"${more.join(' ')}" is one too many.\n\n${usage}`);
}

/** A whole number of the command line. */
export function wholeNumber(option: string, text: string, [least, most]: [number, number]): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new CommandError(`--${option} is "${text}"; it must be a whole number from ${least} to ${most}.`);
}

const isSource = (id: string): id is SourceId => Object.hasOwn(sources, id);
