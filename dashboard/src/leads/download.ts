/** A byte order mark, without which spreadsheets take a CSV for another encoding. */
const BOM = '\uFEFF';

/** Hands a CSV to the browser as a file. */
export function downloadCsv(csv: string, name: string): void {
  const url = URL.createObjectURL(
    new Blob([csv.startsWith(BOM) ? csv : BOM + csv], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
