import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('../../docs/costs.md', import.meta.url), 'utf8');

/** The cells of the row of docs/costs.md that begins with a name in backticks. */
function row(name: string): number[] {
  const line = page.split('\n').find((text) => text.startsWith(`| \`${name}\` `));
  if (line === undefined) throw new Error(`docs/costs.md has no row ${name}`);
  return line
    .split('|')
    .slice(2, 4)
    .map((cell) => Number(cell.replaceAll(',', '')));
}

/** The list price of one unit in USD. */
export function price(name: string): number {
  const [usd = NaN, per = NaN] = row(name);
  return usd / per;
}

/** What is assumed since the local run can't show it. */
export const assumed = (name: string): number => row(name)[0] ?? NaN;
