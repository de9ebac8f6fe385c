/** Whether two things say the same, whatever the order of their names; what is absent is not there. */
export const isSame = (one: unknown, other: unknown): boolean => text(one) === text(other);

const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
