const exceeded: string[] = [];

/** Prints a figure as one line of JSON. A value above its limit is named at the end and fails the bench. */
export function report(figure: string, values: Record<string, unknown>, limits: Record<string, number> = {}): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (!(Number(values[name]) <= limit))
      exceeded.push(`${figure}: ${name} is ${String(values[name])}, the limit is ${limit}`);
  }
  const most = Object.keys(limits).length > 0 ? { limits } : {};
  console.log(JSON.stringify({ figure, ...values, ...most }));
}

/** Names the limits that were exceeded and sets the exit code. */
export function conclude(): void {
  for (const sentence of exceeded) console.error(`Limit exceeded. ${sentence}.`);
  if (exceeded.length > 0) process.exitCode = 1;
}

/** The value that a share of the values does not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Enough digits to compare, not more. */
export const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));
