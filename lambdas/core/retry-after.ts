/** How many seconds a vendor wants to be left alone; `undefined` where its answer does not say it in seconds. */
export function retryAfterIn(headers: Headers): number | undefined {
  const seconds = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) : undefined;
}
