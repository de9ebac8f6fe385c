import type { SweepMessage } from '../core/sweep-message.ts';
import { type DuePorts, sweepDue } from './sweep-due.ts';
import { type StoredPorts, sweepStored } from './sweep-stored.ts';

export interface SweepPorts extends DuePorts, StoredPorts {
  /** Sends a message to itself, held back until its `notBefore`. */
  sendAgain: (message: SweepMessage) => Promise<void>;
}

/** Looks for what got lost, as a message asks; a look that takes longer than there is time goes on in another message. Says whether it came to its end. */
export async function sweep(message: SweepMessage, ports: SweepPorts): Promise<boolean> {
  const rest = message.sweep === 'due' ? await sweepDue(message, ports) : await sweepStored(message, ports);
  if (rest) await ports.sendAgain(rest);
  // A new stage is watched over from its first quarter of an hour on, not from its first night.
  else if (message.sweep === 'due' && !(await ports.listingNow())) await ports.noteListing(iso(ports.now()));
  return rest === undefined;
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
