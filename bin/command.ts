/** What stands in the way, as a sentence for the person at the terminal. */
export class CommandError extends Error {}

/** What a person asked to read of a command, instead of running it. */
export class Help extends Error {}

/** Exit code of a command that ran, and found something that a person must see to; 0 where all is well, 1 where it did not do what it was asked. */
export const SEE_TO_IT = 2;

/** Runs a command. Whatever stops it is said in a sentence, never as a stack, and ends in exit code 1. */
export async function run(command: () => Promise<void>): Promise<void> {
  // Whoever reads no further, such as `| head`, wants no more.
  process.stdout.once('error', () => process.exit(1));
  try {
    await command();
  } catch (error) {
    if (error instanceof Help) return console.log(error.message);
    console.error(sentenceOf(error));
    process.exitCode = 1;
  }
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
