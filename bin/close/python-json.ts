type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * JSON as Close writes it, with Python's separators `", "` and `": "` and everything beyond ASCII escaped. Whoever parses and
 * writes it again gets other bytes, and another signature.
 */
export function pythonJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'string') return asciiOf(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, content]) => `${asciiOf(key)}: ${pythonJson(content)}`)
    .join(', ')}}`;
}

const asciiOf = (text: string) =>
  JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => String.raw`\u` + unit.charCodeAt(0).toString(16).padStart(4, '0'),
  );
