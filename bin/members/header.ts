import { CommandError } from '../command.ts';
import { cellsIn } from './cells.ts';

/** Which column of a list says what. */
export interface Layout {
  separator: string;
  /** How many cells a row has. */
  width: number;
  /** A list may have several columns of addresses and of numbers. */
  email: number[];
  phone: number[];
  status: number | undefined;
}

/** The names of a column in any case of letters; of several for the status the first one counts. */
const names = {
  email: ['email', 'e-mail', 'mail'],
  phone: ['phone', 'telephone', 'mobile'],
  status: ['status', 'membership', 'state'],
};

const separators = [',', ';', '\t'];

/** Finds out how the rows below a header are to be read. Throws a sentence where it names nobody's address or number. */
export function layoutOf(header: string): Layout {
  const layouts = separators.flatMap((separator) => layoutWith(separator, header) ?? []);
  const [widest] = layouts.sort((a, b) => b.width - a.width);
  if (widest) return widest;
  throw new CommandError(
    'The first line must be a header in UTF-8 that names the columns: email, phone or both, and status where there is one (active or ended), separated by a comma, a semicolon or a tab; other columns are ignored.',
  );
}

function layoutWith(separator: string, header: string): Layout | undefined {
  const cells = cellsIn(header, separator)?.map((name) => name.normalize('NFKC').trim().toLowerCase());
  if (!cells) return undefined;
  const columnsOf = (known: string[]) => [...cells.keys()].filter((column) => known.includes(cells[column] ?? ''));
  const [email, phone] = [columnsOf(names.email), columnsOf(names.phone)];
  if (email.length + phone.length === 0) return undefined;
  const status = names.status.map((name) => cells.indexOf(name)).find((column) => column >= 0);
  return { separator, width: cells.length, email, phone, status };
}
