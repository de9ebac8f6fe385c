/** Characters; what is longer is no row of a list. */
export const LONGEST_LINE = 100_000;

/**
 * The lines of a text that comes in pieces, without what ends them, be it CRLF, LF or CR, and without a byte order mark. Of a line that
 * is too long only the beginning is kept, so that no file fills the memory.
 */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void, void> {
  let rest = '';
  let isBeginning = true;
  for await (const piece of pieces) {
    rest += isBeginning ? piece.replace(/^\uFEFF/, '') : piece;
    isBeginning = false;
    // A CR at the end may be half of a CRLF.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE + 1);
    yield* lines;
  }
  if (rest !== '') yield rest.replace(/\r$/, '');
}
