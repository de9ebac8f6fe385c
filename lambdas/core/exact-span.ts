const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time as exactly as people care: `340 ms`, `2.1 s`, `12 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`. */
export function exactSpan(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < second) return `${Math.round(length)} ms`;
  if (length < 10 * second) return `${(Math.floor(length / 100) / 10).toString()} s`;
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return both(length, minute, 'min', second, 's');
  if (length < day) return both(length, hour, 'h', minute, 'min');
  return both(length, day, 'd', hour, 'h');
}

function both(length: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((length % large) / small);
  return `${Math.floor(length / large)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}
