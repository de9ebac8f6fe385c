import type { Me } from '../../lambdas/api/schemas/me.ts';

// What these pages need of the shell, and nothing else of it. Bound to the shell’s own client and session when both
// halves are one; until then it speaks to the API without a token.

/** An answer that is no success: its code, and a sentence for a person. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly data: unknown;
  constructor(status: number, code: string, message: string, data?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.data = data;
  }
}

type Answer = { success: true; data: unknown } | { success: false; code: string; error: string; data?: unknown };

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Answer;
  if (!answer.success) throw new ApiError(response.status, answer.code, answer.error, answer.data);
  return answer.data as T;
}

export const api = {
  get: <T>(path: string): Promise<T> => call<T>('GET', path),
  send: <T>(method: string, path: string, body?: unknown): Promise<T> => call<T>(method, path, body),
};

/** Who is signed in. */
export const useMe = (): Me => ({
  id: 'u',
  name: 'Ada',
  email: 'ada@example.com',
  role: (sessionStorage.getItem('role') ?? 'admin') as Me['role'],
  tenant: 'north',
  time_zone: 'Europe/Berlin',
  statuses: [],
});

/** The stage, for commands that people copy. */
export const useStage = (): string => 'prod';
