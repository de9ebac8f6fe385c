import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandError } from './command.ts';

/** The API key from standard input: all that is piped in, or typed by a person without being shown. */
export async function askApiKey({ piped }: { piped: boolean }): Promise<string> {
  if (!piped && !process.stdin.isTTY)
    throw new CommandError('There is no API key yet. Run this at a terminal, or pipe the key in with --api-key-stdin.');
  const key = (process.stdin.isTTY ? await typed() : await text(process.stdin)).trim();
  if (/^[\w.-]{10,200}$/.test(key)) return key;
  throw new CommandError(key ? 'That is not an API key of Close.' : 'There is no API key on standard input.');
}

async function typed(): Promise<string> {
  process.stdout.write('API key of Close (not shown): ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stdout.write('\n');
  }
}
