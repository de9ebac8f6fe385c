import { signedHeaders } from './close-signature.ts';
import { CommandError } from './command.ts';
import type { SampleLead } from './sample-leads.ts';

/** What Close allows for an answer, in milliseconds (https://developer.close.com/topics/webhooks). */
const ANSWER_WITHIN = 15_000;

const reasons: Record<number, string> = {
  401: 'the signature is not accepted: the key of the stage is another one, or was replaced a moment ago',
  404: 'there is no such webhook',
  413: 'the delivery is too large',
  429: 'too many requests; send fewer at a time',
  503: 'the stage can not take leads now: a signing key is missing, or S3 does not answer',
};

/** Signs and posts a lead as Close does, and returns the milliseconds until its 200. Throws a sentence for any other answer. */
export async function postLead(url: string, { body }: SampleLead, key: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: signedHeaders(body, key, Date.now()),
    body: new Uint8Array(body),
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  }).catch((error: unknown) => {
    throw new CommandError(`${url} does not answer (${reasonOf(error)}).`, { cause: error });
  });
  const text = await response.text();
  if (response.ok) return Math.round(performance.now() - started);
  throw new CommandError(`${url} answered ${response.status}: ${reasons[response.status] ?? text.slice(0, 200)}.`);
}

/** What `fetch` says lies in the cause. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : 'no reason given';
};
