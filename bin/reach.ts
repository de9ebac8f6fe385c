import { CommandError } from './command.ts';

/** Vendors allow us 5 to 15 s for an answer; as much is allowed to whoever a command asks: milliseconds. */
const ANSWER_WITHIN = 15_000;

/** Somebody's answer to a request, whatever it says. Throws `unreachable` as a sentence with the reason where there is none. */
export async function reach(url: string, init: RequestInit, unreachable: string): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN) });
  } catch (error) {
    throw new CommandError(`${unreachable} (${reasonOf(error)}).`, { cause: error });
  }
}

/** What `fetch` says lies in the cause. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : 'no reason given';
};
