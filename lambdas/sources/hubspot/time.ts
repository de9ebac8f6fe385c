import { isoUtc } from '../../core/dates.ts';

/** A time of HubSpot's as ISO 8601 in UTC: an event has it in milliseconds, a record in ISO 8601. `null` where it is no time. */
export function timeOf(text: string | null): string | null {
  if (text === null || !/^\d{12,13}$/.test(text)) return isoUtc(text);
  return new Date(Number(text)).toISOString();
}
