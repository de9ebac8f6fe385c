/** Finds the last row that speaks of each identifier, once all rows were noted in their order. */
export function lastRows() {
  const lines = new Map<string, number>();
  return {
    note: (identifier: string, line: number): void => void lines.set(identifier, line),
    isLast: (identifier: string, line: number): boolean => lines.get(identifier) === line,
  };
}
