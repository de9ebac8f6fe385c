/** What a program for tables would take for a formula, or for the end of a cell before one (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^[=+\-@\t\r\0]/;
/** Separators that such a program may begin a new cell at, if it is set so, and a full-width sign that it takes for the usual one. */
const hidden = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** What says that the text is UTF-8; without it Excel reads it as something else. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** A line of CSV by RFC 4180 whose cells are text and stay text: what looks like a formula has an apostrophe before it. */
export const csvLine = (cells: (string | null)[]): string =>
  `${cells.map((cell) => quoted(harmless(cell ?? ''))).join(',')}\r\n`;

const harmless = (text: string) => {
  const clean = text.toWellFormed().replaceAll('\0', '');
  return formula.test(text) || hidden.test(clean) ? `'${clean}` : clean;
};

const quoted = (text: string) => (/[",;\t\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
