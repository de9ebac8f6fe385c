import type { SqsQueue } from '../cloud/fauxqs.ts';

/** A delay that begins while we wait may end sooner than those we know of. */
const longestSleepMs = 250;

/** Sleeps until a message may be there, `until` has come, or `signal` is aborted, without asking all the time. */
export async function nextMessage(queue: SqsQueue, until: number, signal: AbortSignal): Promise<void> {
  queue.processTimers();
  if (queue.messages.length > 0) return;
  const now = Date.now();
  const due = Math.min(until, soonest(queue)) - now;
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const waiter = {
    resolve: () => resolve(undefined),
    timer: setTimeout(resolve, Math.max(1, Math.min(due, longestSleepMs))),
  };
  // fauxqs wakes its waiters when a message comes.
  queue.pollWaiters.push(waiter);
  signal.addEventListener('abort', waiter.resolve, { once: true });
  await promise;
  signal.removeEventListener('abort', waiter.resolve);
  clearTimeout(waiter.timer);
  const index = queue.pollWaiters.indexOf(waiter);
  if (index !== -1) queue.pollWaiters.splice(index, 1);
}

/** When the next message gets visible by itself. */
function soonest({ delayedMessages, inflightMessages }: SqsQueue): number {
  let due = Infinity;
  for (const { delayUntil } of delayedMessages) due = Math.min(due, delayUntil ?? 0);
  for (const { visibilityDeadline } of inflightMessages.values()) due = Math.min(due, visibilityDeadline);
  return due;
}
