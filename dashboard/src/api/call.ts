import type { Failure } from '../../../lambdas/api/schemas/answer.ts';
import { endSession, renewedToken, token } from '../session/session.ts';
import { noteServerTime } from './clock.ts';
import { ApiFailure } from './failure.ts';

export interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
  timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;

/** Calls the API as whoever is signed in, and returns the whole answer; throws `ApiFailure`. */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  let answer = await sent(path, options, await reached(token()));
  if (answer?.status === 401) answer = await sent(path, options, await reached(renewedToken()));
  if (!answer || answer.status === 401) {
    await endSession();
    throw new ApiFailure('not_signed_in', 'sign in');
  }
  return understood<T>(answer);
}

/** Nothing where there is no token to send. */
async function sent(
  path: string,
  { method = 'GET', body, signal, timeoutMs = TIMEOUT_MS }: Call,
  idToken: string | undefined,
) {
  if (!idToken) return undefined;
  const limit = AbortSignal.timeout(timeoutMs);
  const answer = await reached(
    fetch(`/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${idToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    signal,
  );
  noteServerTime(answer.headers.get('date'));
  return answer;
}

async function reached<T>(trip: Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await trip;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiFailure('unreachable', 'the server could not be reached');
  }
}

async function understood<T>(answer: Response): Promise<T> {
  const body = (await answer.json().catch(() => null)) as ({ success: true } & T) | Failure | null;
  if (answer.ok && body?.success) return body;
  if (body?.success === false) throw new ApiFailure(body.code, body.error, body.data);
  throw new ApiFailure('unavailable', `the server answered ${answer.status}`);
}
