/** Works on many things, a few at a time and in their order. The first failure ends it. */
export async function atOnce<T>(most: number, things: Iterable<T>, work: (thing: T) => Promise<void>): Promise<void> {
  const rest = [...things];
  const workNext = async () => {
    for (let thing = rest.shift(); thing !== undefined; thing = rest.shift()) await work(thing);
  };
  await Promise.all(Array.from({ length: most }, workNext));
}
