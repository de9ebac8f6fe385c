import { createReadStream } from 'node:fs';
import { CommandError } from '../command.ts';
import { layoutOf } from './header.ts';
import { linesOf } from './lines.ts';
import { type Member, memberIn } from './member.ts';
import { type BadRow, recordsOf } from './records.ts';

export interface MemberRow extends Member {
  line: number;
}

/** The rows of a list in their order, read as they are asked for. Throws a sentence where it has no header. */
export async function* memberRows(
  text: AsyncIterable<string>,
  country: string | undefined,
): AsyncGenerator<MemberRow | BadRow, void, void> {
  const lines = linesOf(text);
  try {
    const { header, line } = await headerIn(lines);
    const layout = layoutOf(header);
    for await (const record of recordsOf(lines, layout, line + 1)) {
      if ('reason' in record) yield record;
      else yield rowOf(record.line, memberIn(record.cells, layout, country));
    }
  } finally {
    await lines.return();
  }
}

const rowOf = (line: number, read: Member | string): MemberRow | BadRow =>
  typeof read === 'string' ? { line, reason: read } : { line, ...read };

/** The first line in which anything stands. */
async function headerIn(lines: AsyncGenerator<string, void, void>): Promise<{ header: string; line: number }> {
  let line = 1;
  for (let next = await lines.next(); !next.done; next = await lines.next(), line += 1)
    if (next.value.trim() !== '') return { header: next.value, line };
  throw new CommandError('There is nothing in it.');
}

/** The text of a file, read piece by piece. Throws a sentence where it can't be. */
export async function* textOf(file: string): AsyncGenerator<string, void, void> {
  try {
    for await (const piece of createReadStream(file, 'utf8')) yield piece as string;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? `There is no file ${file}.` : `${file} can't be read: ${message}.`;
    throw new CommandError(why, { cause: error });
  }
}
