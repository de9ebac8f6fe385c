import type { Journey } from './journey.ts';

/** A point that a lead has passed. */
export interface Milestone {
  /** Names it; a lead passes each once. */
  stage: string;
  text: string;
}

/** What a lead has passed, in order. Times count from when it came in. */
export function milestonesOf({ storedAs, waits, lead, channels }: Journey): Milestone[] {
  const at = (stage: string, time: string | undefined, more = ''): Milestone[] =>
    time === undefined || lead === undefined ? [] : [{ stage, text: `${since(lead.receivedAt, time)}${more}` }];
  return [
    ...(storedAs ? [{ stage: 'stored', text: `byte for byte as ${storedAs}` }] : []),
    ...(waits ? [{ stage: 'waits', text: waits }] : []),
    ...at('captured', lead?.capturedAt),
    ...(lead?.queuedAt ? [{ stage: 'due', text: dueIn(lead.dueAt) }] : []),
    ...at('looked up', lead?.lookedUpAt),
    ...at('enriched', lead?.enrichedAt),
    ...channels.flatMap(({ channel, state, settledAt, attempts, reason, digestAt }) => {
      if (digestAt !== undefined)
        return [{ stage: `${nameOf(channel)} digest`, text: `at ${clock(digestAt)}, with others` }];
      if (state === 'told') return at(`told ${nameOf(channel)}`, settledAt);
      if (state === 'leased') return [];
      return at(`${nameOf(channel)} ${state} ${attempts}`, settledAt, `: ${reason ?? 'no reason given'}`);
    }),
    ...at('told', lead?.toldAt),
    ...at('silent', lead?.silentAt, ': nobody wants to be told of it'),
  ];
}

const nameOf = (channel: string) => ({ slack: 'Slack', email: 'e-mail' })[channel] ?? channel;

const since = (start: string, end: string) => `after ${((Date.parse(end) - Date.parse(start)) / 1000).toFixed(2)} s`;

function dueIn(dueAt: string): string {
  const seconds = Math.ceil((Date.parse(dueAt) - Date.now()) / 1000);
  return seconds > 0 ? `in ${seconds} s, at ${clock(dueAt)}` : `since ${clock(dueAt)}`;
}

const clock = (time: string | number) => new Date(time).toLocaleTimeString('en-GB');
