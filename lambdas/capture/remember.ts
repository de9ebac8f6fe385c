/** How long something is remembered, and how much: milliseconds, and a number of things. */
const FOR = 10 * 60_000;
const AT_MOST = 1000;

/** Remembers what was read for a while; a failed reading is forgotten at once. */
export function remember(now: () => number) {
  const known = new Map<string, { at: number; value: Promise<string | null> }>();
  return (what: string, read: () => Promise<string | null>): Promise<string | null> => {
    const entry = known.get(what);
    if (entry && now() - entry.at < FOR) return entry.value;
    if (known.size >= AT_MOST) known.clear();
    const value = read();
    known.set(what, { at: now(), value });
    value.catch(() => known.delete(what));
    return value;
  };
}
