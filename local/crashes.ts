/** Calls after which the worker that made them is killed: for tests of what a crash leaves behind. */
export class Crashes {
  readonly #armed = new Map<string, number>();

  /** The call number `after` from now whose path or body contains `text` is the last of its worker. */
  arm(text: string, after: number) {
    this.#armed.set(text, after);
  }

  disarm(text: string) {
    this.#armed.delete(text);
  }

  get areArmed(): boolean {
    return this.#armed.size > 0;
  }

  /** Counts a call that was carried out, and says whether its worker shall die now. */
  strikes(call: string): boolean {
    for (const [text, after] of this.#armed) {
      if (!call.includes(text)) continue;
      if (after > 1) this.#armed.set(text, after - 1);
      else this.#armed.delete(text);
      if (after <= 1) return true;
    }
    return false;
  }
}
