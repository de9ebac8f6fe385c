import type { Slice } from '../core/capture-message.ts';
import { MOST_RESCUES } from '../core/rescue.ts';
import type { KeptDelivery } from './events-in.ts';
import type { SweepTools } from './finding.ts';
import { missingEvents, type MissingPorts } from './missing-events.ts';

export interface RescueDeliveryPorts extends MissingPorts {
  readRaw: (key: string) => Promise<KeptDelivery | undefined>;
  /** How often a delivery was given a new start, and when it was last: ISO 8601, UTC. */
  rescuesOf: (rawKey: string) => Promise<{ count: number; lastAt?: string | undefined }>;
  /** Notes one more; false where another one was quicker. */
  noteDeliveryRescue: (rawKey: string, at: string, before: number) => Promise<boolean>;
  sendToCapture: (slices: Slice[]) => Promise<void>;
}

/** The most events in a message, as `capture` cuts them. */
const SLICE = 25;

/** Has `capture` read what it has not read of a delivery. That is noted first, as for leads. */
export async function rescueDelivery(
  rawKey: string,
  lostAfter: number,
  ports: RescueDeliveryPorts & SweepTools,
): Promise<void> {
  const delivery = await ports.readRaw(rawKey);
  if (!delivery) return;
  const now = ports.now();
  const missing = await missingEvents(rawKey, delivery, { now, lostAfter }, ports);
  if (missing.length === 0) return;
  const { count, lastAt } = await ports.rescuesOf(rawKey);
  if (lastAt !== undefined && Date.parse(lastAt) + lostAfter > now) return;
  const { tenant, source } = delivery.from;
  const finding = { loss: 'not_captured' as const, count: missing.length, tenant, source, raw_key: rawKey };
  if (count >= MOST_RESCUES) return ports.found({ ...finding, verdict: 'in_vain', rescuedAt: lastAt });
  if (ports.isDry) return ports.found({ ...finding, verdict: 'found', rescuedAt: lastAt });
  const at = new Date(now).toISOString();
  if (!(await ports.noteDeliveryRescue(rawKey, at, count))) return;
  const indexes = missing.map(({ index }) => index);
  await ports.sendToCapture(
    stretches(indexes).map(({ from, to }) => ({ v: 1, key: rawKey, from, to, bulk: true, rescuedAt: at })),
  );
  ports.found({ ...finding, verdict: 'rescued', rescuedAt: at });
}

/** Places that follow each other, in stretches no longer than a message takes. */
function stretches(indexes: number[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const index of indexes) {
    const last = found.at(-1);
    if (last?.to === index && index - last.from < SLICE) last.to += 1;
    else found.push({ from: index, to: index + 1 });
  }
  return found;
}
