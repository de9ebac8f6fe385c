/** How late a sender may be for its moment; moments lie this much further apart than the pace asks, so that it is never exceeded. */
const GRACE = 100;
/** SQS holds messages back by whole seconds: whoever comes this early waits here for its moment. */
const EARLY = 1000;
const LONGEST_SLEEP = 2 * EARLY;

export interface PacePorts {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  /** Messages a second that a channel may send; nothing where it has no pace. */
  paceOf: (channel: string) => number | undefined;
  /** The channel's next free moment, `spacing` milliseconds after the one before it. */
  reserveSlot: (of: { tenant: string; channel: string }, spacing: number) => Promise<number>;
}

/** The moment at which a channel may be used, and when to come back for it where that is too far off to wait here. */
export async function slotFor(
  of: { tenant: string; channel: string },
  reserved: number | undefined,
  ports: PacePorts,
): Promise<{ at: number; comeBackAt?: number }> {
  const pace = ports.paceOf(of.channel);
  if (pace === undefined) return { at: ports.now() };
  const missed = reserved === undefined || ports.now() > reserved + GRACE;
  const at = missed ? await ports.reserveSlot(of, 1000 / pace + GRACE) : reserved;
  return at - ports.now() > LONGEST_SLEEP ? { at, comeBackAt: at - EARLY } : { at };
}
