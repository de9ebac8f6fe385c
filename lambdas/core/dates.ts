/** As vendors write it; whatever else the engine takes for a date (`5`, `banana 1`) is none. */
const isTime = /^[12]\d{3}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** A vendor's time as ISO 8601 in UTC with `Z`; one without a zone is UTC; `null` where it is no time. */
export function isoUtc(text: unknown): string | null {
  if (typeof text !== 'string' || !isTime.test(text)) return null;
  const time = Date.parse(hasZone.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
