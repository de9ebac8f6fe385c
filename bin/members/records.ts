import { cellsIn } from './cells.ts';
import type { Layout } from './header.ts';
import { LONGEST_LINE } from './lines.ts';

/** A row that can't be used. What stands in it is personal, so that it is known by its line alone. */
export interface BadRow {
  /** Where it begins, counted from 1. */
  line: number;
  reason: string;
}

export interface CsvRecord {
  line: number;
  cells: string[];
}

/** A quoted cell may go on over so many lines; one that does not end before has lost its quote. */
const MOST_LINES = 50;

/**
 * The rows of a list, the first of them at a line of the file; rows without anything are left out. One that is broken costs
 * one line: the next one is read for itself, as if no quote had been opened before.
 */
export async function* recordsOf(
  lines: AsyncIterator<string>,
  { separator, width }: Pick<Layout, 'separator' | 'width'>,
  firstLine: number,
): AsyncGenerator<CsvRecord | BadRow, void, void> {
  const ahead = lookAhead(lines);
  for (let line = firstLine; await ahead.has(1);) {
    let count = 1;
    while (hasOpenQuote(ahead.first(count)) && count < MOST_LINES && (await ahead.has(count + 1))) count += 1;
    const found = recordIn(ahead.first(count), separator, width);
    if (found) yield { line, ...found };
    const used = found && 'reason' in found ? 1 : count;
    ahead.drop(used);
    line += used;
  }
}

function recordIn(
  text: string,
  separator: string,
  width: number,
): { cells: string[] } | { reason: string } | undefined {
  if (text.trim() === '') return undefined;
  if (text.length > LONGEST_LINE) return { reason: `longer than ${LONGEST_LINE.toLocaleString('en-US')} characters` };
  const cells = cellsIn(text, separator);
  if (!cells) return { reason: 'broken quotes' };
  if (cells.every((cell) => cell === '')) return undefined;
  if (cells.length !== width) return { reason: `${cells.length} cells where the header has ${width}` };
  return { cells };
}

/** A quote within a cell is written twice, so that quotes come in pairs. */
const hasOpenQuote = (text: string) => text.length <= LONGEST_LINE && text.split('"').length % 2 === 0;

function lookAhead(lines: AsyncIterator<string>) {
  const read: string[] = [];
  return {
    /** Whether there are so many lines more. */
    async has(count: number): Promise<boolean> {
      while (read.length < count) {
        const next = await lines.next();
        if (next.done) return false;
        read.push(next.value);
      }
      return true;
    },
    first: (count: number): string => read.slice(0, count).join('\n'),
    drop: (count: number): void => void read.splice(0, count),
  };
}
