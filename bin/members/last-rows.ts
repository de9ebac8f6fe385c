import { hash } from 'node:crypto';

/** Of 100,000 identifiers one in a thousand is taken for one that was there before, which costs its place in a map and nothing else. */
const MARKS = 2 ** 27;

/**
 * Finds the last row that speaks of each identifier, once all rows were noted in their order. Takes 16 MB, and room for those
 * only that come more than once.
 */
export function lastRows() {
  const marks = new Uint8Array(MARKS / 8);
  const again = new Map<string, number>();

  /** Whether it may have been marked before: false is certain. */
  function mark(identifier: string): boolean {
    const place = hash('sha256', identifier, 'buffer').readUInt32LE() % MARKS;
    const [byte, bit] = [place >> 3, 1 << (place & 7)];
    const was = marks[byte] ?? 0;
    marks[byte] = was | bit;
    return (was & bit) !== 0;
  }

  return {
    note(identifier: string, line: number): void {
      if (mark(identifier)) again.set(identifier, line);
    },
    isLast: (identifier: string, line: number): boolean => (again.get(identifier) ?? line) === line,
  };
}
