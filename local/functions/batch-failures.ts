/** Which messages of a batch failed, as Lambda reads the answer of a function that reports them: what it can't read fails the whole batch. */
export function failedIds(answer: unknown, ids: string[]): Set<string> {
  if (answer === null || answer === undefined) return new Set();
  const { batchItemFailures: failures } = answer as { batchItemFailures?: unknown };
  if (failures === null || failures === undefined) return new Set();
  if (!Array.isArray(failures)) return new Set(ids);
  const named = failures.map((item: { itemIdentifier?: unknown } | null) => item?.itemIdentifier);
  const areKnown = named.every((id) => typeof id === 'string' && ids.includes(id));
  return new Set(areKnown ? (named as string[]) : ids);
}
