/** How late a sender may be for its moment; moments lie this much further apart than the pace asks, so that it is never exceeded. */
const GRACE = 100;
/** Whoever comes this early waits here for its moment: SQS holds messages back by whole seconds, and the lease takes its time too. */
const EARLY = 1000;
const LONGEST_SLEEP = 2 * EARLY;

export interface PacePorts {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  /** Messages a second that a channel may send; nothing where it has no pace. */
  paceOf: (channel: string) => number | undefined;
  /** The channel's next free moment: not before `now`, and `spacing` milliseconds after the one before it. */
  reserveSlot: (of: { tenant: string; channel: string }, asked: { now: number; spacing: number }) => Promise<number>;
}

/** From when and until when a channel may be used, and when to come back for it where that is too far off to wait here. */
export async function slotFor(
  of: { tenant: string; channel: string },
  reserved: number | undefined,
  ports: PacePorts,
): Promise<{ at: number; until: number; comeBackAt?: number }> {
  const pace = ports.paceOf(of.channel);
  if (pace === undefined) return { at: ports.now(), until: Infinity };
  const missed = reserved === undefined || ports.now() > reserved + GRACE;
  const asked = { now: ports.now() + EARLY, spacing: 1000 / pace + GRACE };
  const at = missed ? await ports.reserveSlot(of, asked) : reserved;
  const slot = { at, until: at + GRACE };
  return at - ports.now() > LONGEST_SLEEP ? { ...slot, comeBackAt: at - EARLY } : slot;
}
