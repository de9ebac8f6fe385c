import autocannon from 'autocannon';
import type { Delivery } from './leads.ts';

/** What came of a load; times in milliseconds. */
export interface LoadResult {
  perSecond: number;
  p50: number;
  p99: number;
  max: number;
  acknowledged: number;
  /** Requests that failed, ran out of time or were answered with anything but 2xx. */
  failed: number;
}

interface Load {
  url: string;
  connections: number;
  /** For how long, in seconds, or how many requests. */
  until: { duration: number } | { amount: number };
  /** What is posted, one after the other; without it the URL is read. */
  deliveries?: Iterator<Delivery>;
}

/** Sends requests over so many connections at once. */
export async function load({ url, connections, until, deliveries }: Load): Promise<LoadResult> {
  const post = deliveries && {
    method: 'POST' as const,
    setupRequest: (request: autocannon.Request) => ({ ...request, ...(deliveries.next().value as Delivery) }),
  };
  const result = await autocannon({ url, connections, ...until, timeout: 30, ...(post && { requests: [post] }) });
  const { latency, errors, timeouts, non2xx, duration } = result;
  return {
    perSecond: result['2xx'] / duration,
    p50: latency.p50,
    p99: latency.p99,
    max: latency.max,
    acknowledged: result['2xx'],
    failed: errors + timeouts + non2xx,
  };
}
