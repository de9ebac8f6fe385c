/** The sender's fault: answered with this status and reason before anything is stored. */
export class Rejected extends Error {
  readonly status: number;
  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

/** We can't take a delivery now, for want of the store or of a key; the sender shall try again. */
export class Unavailable extends Error {
  readonly part: 'store' | 'key';
  constructor(part: 'store' | 'key', reason: string, options?: ErrorOptions) {
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

/** A channel or directory refuses for good, such as a revoked URL: another try changes nothing until somebody mends it. */
export class Refused extends Error {}
