/** Works on many things, a few at a time and in their order. The first failure ends it. */
export async function atOnce<T>(
  most: number,
  things: Iterable<T> | AsyncIterable<T>,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const rest = Symbol.asyncIterator in things ? things[Symbol.asyncIterator]() : things[Symbol.iterator]();
  const workNext = async () => {
    for (let next = await rest.next(); !next.done; next = await rest.next()) await work(next.value);
  };
  try {
    await Promise.all(Array.from({ length: most }, workNext));
  } finally {
    await rest.return?.();
  }
}
