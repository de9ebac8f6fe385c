/** A text as a file gives it. */
export async function* pieces(...text: string[]): AsyncGenerator<string, void, void> {
  yield* text;
}

/** Everything that comes, in a list. */
export async function allOf<T>(things: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const thing of things) all.push(thing);
  return all;
}
