import { writeFileSync } from 'node:fs';
import type { BadRow } from './records.ts';

/** How many are shown on a terminal. */
const SHOWN = 20;

/** Says which rows can't be used and why, the first ones here and all of them in a file beside the list. */
export function reportBad(file: string, bad: BadRow[]): void {
  if (bad.length === 0) return;
  for (const { line, reason } of bad.slice(0, SHOWN)) console.log(`  line ${line}: ${reason}`);
  const report = `${file}.bad.csv`;
  writeFileSync(report, ['line,reason', ...bad.map(({ line, reason }) => `${line},"${reason}"`), ''].join('\n'));
  const more =
    bad.length > SHOWN ? `${(bad.length - SHOWN).toLocaleString('en-US')} more; all of them are` : 'They are';
  console.log(`${more} in ${report}.`);
}
