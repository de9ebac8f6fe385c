import { CsvError, parse } from 'csv-parse/sync';

/** The cells of one row; `undefined` where its quotes are broken. */
export function cellsIn(row: string, separator: string): string[] | undefined {
  try {
    const rows = parse(row, { delimiter: separator, record_delimiter: '\n', trim: true, max_record_size: 0 });
    return rows.length === 1 ? rows[0] : undefined;
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
