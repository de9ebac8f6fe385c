/** Something to see: no control, space or filler (such as U+3164 and the blank Braille U+2800, which names are hidden with). */
const visible = /[^\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A text that says something, trimmed; `null` for everything that stands for "not given" (`""`, `"None"`, nothing to see, null, another type). */
export function given(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === 'None' || !visible.test(text) ? null : text;
}

/** The first of these that is given. */
export function firstGiven(...values: unknown[]): string | null {
  for (const value of values) {
    const text = given(value);
    if (text !== null) return text;
  }
  return null;
}
