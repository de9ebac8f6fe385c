import { CommandError } from '../command.ts';

const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A moment of the command line as ISO 8601 in UTC: a date, a time, or how long ago it was. Throws a sentence where it is none. */
export function momentIn(option: string, text: string, now: number): string {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const milliseconds = unit ? now - Number(count) * (units[unit] ?? 0) : timeIn(text);
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString();
  throw new CommandError(
    `--${option} is "${text}"; it must be a date (2026-03-05), a time (2026-03-05T13:30Z) or how long ago (90m, 12h, 3d).`,
  );
}

/** A time without a zone is one of UTC, as everything that the commands show. */
function timeIn(text: string): number {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)) return NaN;
  return Date.parse(/T.*(Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
}
