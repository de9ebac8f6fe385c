import type { InboxMessage } from './console.ts';
import type { LocalRun } from './local-run.ts';
import { until } from './until.ts';

/** What people were told of a lead so far, on one channel or on all. */
export const alertsOf = async (run: LocalRun, leadId: string, channel?: 'slack' | 'email'): Promise<InboxMessage[]> =>
  (await run.inbox()).filter(
    (message) =>
      message.lead_id === leadId &&
      (channel === undefined ? ['slack', 'email'].includes(message.channel) : message.channel === channel),
  );

/** Waits until a lead was told on a channel, and returns the first message. */
export const told = (run: LocalRun, leadId: string, channel: 'slack' | 'email', seconds = 60): Promise<InboxMessage> =>
  until(`${leadId} told in ${channel}`, async () => (await alertsOf(run, leadId, channel))[0], seconds);

/** Waits until every queue but the DLQs is empty. */
export const atRest = (run: LocalRun, seconds = 200): Promise<true> =>
  until(
    'queues empty',
    async () =>
      (await run.queues()).every(
        ({ name, visible, delayed, inFlight }) => /DeadLetters/.test(name) || visible + delayed + inFlight === 0,
      ),
    seconds,
  );

/** Messages in the DLQ of a step: `Owner` or `Capture`. */
export const deadLetters = async (run: LocalRun, of: 'Owner' | 'Capture'): Promise<number> =>
  (await run.queues()).find(({ name }) => name.includes(`${of}QueueDeadLetters`))?.visible ?? -1;
