let ahead = 0;

/** Learns from an answer how far the server’s clock is ahead of this machine’s. */
export function noteServerTime(date: string | null): void {
  const said = Date.parse(date ?? '');
  // The header counts whole seconds; a difference below a few of them says nothing.
  if (!Number.isNaN(said)) ahead = Math.abs(said - Date.now()) > 3000 ? said - Date.now() : 0;
}

/** Milliseconds since 1970 as the server counts them. */
export const serverNow = (): number => Date.now() + ahead;
