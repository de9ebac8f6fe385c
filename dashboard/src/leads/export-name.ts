/** The name of an exported file: `leads-2026-11-25.csv`, by the tenant’s calendar. */
export const exportName = (now: Date, timeZone: string): string =>
  `leads-${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now)}.csv`;
