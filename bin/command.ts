import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** What stands in the way, as a sentence for the person at the terminal. */
export class CommandError extends Error {}

/** Runs a command. Whatever stops it is said in a sentence, never as a stack, and ends in exit code 1. */
export async function run(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 1;
  }
}

/** The source and the options of a command line. Throws a sentence where either is unknown. */
export function readArguments<T extends ParseArgsOptionsConfig>(args: string[], usage: string, options: T) {
  const { values, positionals } = understood(args, usage, options);
  const [source, ...more] = positionals;
  if (source === 'meta' || source === 'hubspot')
    throw new CommandError(`${source} is not built yet in this version; close is.`);
  if (source === undefined) throw new CommandError(`Which source? This version knows close.\n\n${usage}`);
  if (source !== 'close') throw new CommandError(`There is no source "${source}"; this version knows close.`);
  if (more.length > 0) throw new CommandError(`"${more.join(' ')}" is one too many.\n\n${usage}`);
  return values;
}

function understood<T extends ParseArgsOptionsConfig>(args: string[], usage: string, options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const [sentence] = (error as Error).message.split('. To specify');
    throw new CommandError(`${sentence}.\n\n${usage}`, { cause: error });
  }
}

/** A whole number of the command line. */
export function wholeNumber(option: string, text: string, [least, most]: [number, number]): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new CommandError(`--${option} is "${text}"; it must be a whole number from ${least} to ${most}.`);
}

/** Errors of the AWS SDK that a person can do something about, by name. */
const sentences: [RegExp, string][] = [
  [/^CredentialsProviderError$/, 'There are no AWS credentials here. Sign in (aws sso login) or set AWS_PROFILE.'],
  [
    /^(ExpiredToken|RequestExpired|UnrecognizedClient|InvalidClientTokenId)/,
    'The AWS credentials are not valid (any more). Sign in anew.',
  ],
];

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It failed without saying why.';
  if (error instanceof CommandError) return error.message;
  if (error.message.startsWith('Region is missing')) return 'Which AWS region? Set AWS_REGION.';
  const known = sentences.find(([name]) => name.test(error.name));
  if (known) return known[1];
  const said = error instanceof AggregateError ? error.errors.map(String).join('; ') : error.message;
  return `It failed: ${error.name === 'Error' ? '' : `${error.name}: `}${said}`;
}
