/** How long something is remembered, and how much: milliseconds, and a number of things. */
const FOR = 10 * 60_000;
const AT_MOST = 1000;

/** Remembers what came of a reading or of a writing for a while; a failed one is forgotten at once. */
export function remember(now: () => number, lasting = FOR) {
  const known = new Map<string, { at: number; result: Promise<unknown> }>();
  return <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const entry = known.get(what);
    if (entry && now() - entry.at < lasting) return entry.result as Promise<T>;
    if (known.size >= AT_MOST) known.clear();
    const result = work();
    known.set(what, { at: now(), result });
    result.catch(() => known.delete(what));
    return result;
  };
}
