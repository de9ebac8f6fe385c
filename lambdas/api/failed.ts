import type { Failure } from './schemas/answer.ts';

const statusOf = {
  bad_request: 400,
  not_signed_in: 401,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  refused: 400,
  unavailable: 503,
} as const satisfies Record<Failure['code'], number>;

/** Thrown by a route to answer with a failure; `data` is what is stored now, where that conflicts. */
export class Failed extends Error {
  override name = 'Failed';
  readonly code: Failure['code'];
  readonly data: unknown;

  constructor(code: Failure['code'], message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }

  get status() {
    return statusOf[this.code];
  }

  get body(): Failure {
    return {
      success: false,
      code: this.code,
      error: this.message,
      ...(this.data !== undefined && { data: this.data }),
    };
  }
}

/** What does not exist, and what is another tenant’s. */
export const notFound = (what: string) => new Failed('not_found', `there is no such ${what}`);
