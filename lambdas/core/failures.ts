/** The sender's fault: answered with this status and reason before anything is stored. */
export class Rejected extends Error {
  readonly status: number;
  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

/** We can't take a delivery now, for want of the store, of a signing key or of a verify token; the sender shall try again. */
export class Unavailable extends Error {
  readonly part: 'store' | 'key' | 'token';
  constructor(part: 'store' | 'key' | 'token', reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.part = part;
  }
}

/** Can never be understood: recorded with the reason, acknowledged, counted. */
export class Broken extends Error {}

/** A vendor or channel answered that it can't now (5xx, limit, time-out): waiting, not failing. */
export class Later extends Error {
  /** Seconds that the vendor asked us to wait, where it did. */
  readonly retryAfter: number | undefined;
  constructor(reason: string, retryAfter?: number) {
    super(reason);
    this.retryAfter = retryAfter;
  }
}

/** The vendor has no such lead, or none that it shows us. */
export class Gone extends Error {}

/** A channel, directory or vendor refuses for good, such as a revoked URL: another try changes nothing until somebody mends it. */
export class Refused extends Error {}

/** The vendor takes a token no longer: nothing behind it can be read until somebody replaces it. */
export class TokenRefused extends Refused {}

/** What may be logged of any error: its message may quote a person or a vendor, its name never does. Our own are named by what they say. */
export const namedError = (error: unknown): string =>
  error instanceof Error ? (error.name === 'Error' ? error.message : error.name) : 'unknown';
