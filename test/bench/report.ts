const problems: string[] = [];

/** Prints a figure as one line of JSON. A value above its limit is named at the end and fails the bench. */
export function report(figure: string, values: Record<string, unknown>, limits: Record<string, number> = {}): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (!(Number(values[name]) <= limit))
      problems.push(`${figure}: ${name} is ${String(values[name])}, the limit is ${limit}`);
  }
  const most = Object.keys(limits).length > 0 ? { limits } : {};
  console.log(JSON.stringify({ figure, ...values, ...most }));
}

/** Measures a figure. One that can't be measured is named at the end and fails the bench; the others are measured all the same. */
export async function measure(figure: string, work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    problems.push(`${figure} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Names what exceeded its limit or could not be measured, and sets the exit code. */
export function conclude(): void {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

/** The value that a share of the values does not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Enough digits to compare, not more. */
export const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));
