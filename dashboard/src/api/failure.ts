import type { Failure } from '../../../lambdas/api/schemas/answer.ts';

/** An answer of the API that is no success, or none at all. */
export class ApiFailure extends Error {
  override name = 'ApiFailure';
  readonly code: Failure['code'] | 'unreachable';
  /** What is stored now, where it conflicts. */
  readonly data: unknown;

  constructor(code: ApiFailure['code'], message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export const isFailure = (error: unknown, code: ApiFailure['code']): error is ApiFailure =>
  error instanceof ApiFailure && error.code === code;

/** What went wrong, in a sentence for people. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiFailure)) return 'Something went wrong on this page.';
  switch (error.code) {
    case 'unreachable':
      return 'The server could not be reached. Check your connection.';
    case 'unavailable':
      return 'The server is not available right now.';
    case 'not_signed_in':
      return 'Your session has ended.';
    case 'not_allowed':
      return 'Your role does not allow this.';
    case 'not_found':
      return 'There is nothing here, or not for you.';
    case 'conflict':
    case 'refused':
    case 'bad_request':
      return asSentence(error.message);
    default:
      return error.code satisfies never;
  }
}

function asSentence(text: string): string {
  const trimmed = text.trim();
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
