import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandError } from './command.ts';

interface Asked {
  /** What people call it: `API key of Close`. */
  what: string;
  form: RegExp;
  /** The option that takes it from standard input: `api-key-stdin`; and whether it was given. */
  option: string;
  piped: boolean;
  /** Which line of what is piped in, where several secrets are; all of it unless given. */
  line?: number;
}

let pipedIn: Promise<string> | undefined;

/** A secret from standard input: all that is piped in, or typed by a person without being shown. */
export async function askSecret({ what, form, option, piped, line }: Asked): Promise<string> {
  if (!piped && !process.stdin.isTTY)
    throw new CommandError(`The ${what} is missing. Run this at a terminal, or pipe it in with --${option}.`);
  const value = (process.stdin.isTTY ? await typed(what) : await lineOf(line)).trim();
  if (form.test(value)) return value;
  throw new CommandError(
    value ? `That does not have the form of the ${what}.` : `There is no ${what} on standard input.`,
  );
}

/** Standard input can be read but once. */
async function lineOf(line: number | undefined): Promise<string> {
  const all = await (pipedIn ??= text(process.stdin));
  return line === undefined ? all : (all.split('\n')[line] ?? '');
}

async function typed(what: string): Promise<string> {
  process.stdout.write(`${what.charAt(0).toUpperCase()}${what.slice(1)} (not shown): `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stdout.write('\n');
  }
}
