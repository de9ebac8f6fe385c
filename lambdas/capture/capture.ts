import limited from 'p-limit';
import type { Again } from '../core/again.ts';
import type { Slice } from '../core/capture-message.ts';
import { type SourceEvent, unread } from '../core/event.ts';
import { Broken, namedError, TokenRefused } from '../core/failures.ts';
import { NOBODY } from '../core/account.ts';
import { captureEvent, type Captures, type EventPorts, type Received } from './capture-event.ts';
import type { Delivery } from './delivery.ts';

export interface CapturePorts extends EventPorts {
  eventsOf: (delivery: Delivery) => SourceEvent[];
  /** How long this function may still run, and how long an event may take: milliseconds. */
  timeLeft: () => number;
  longestEvent: number;
}

/** Events of a message. */
const SLICE = 25;
/** Events that are worked on at once: what they ask of AWS at the same time is one call. */
const AT_ONCE = 10;
/** So often at once a vendor is asked by each message. */
const VENDOR_AT_ONCE = 4;

/** There was no time left for an event when its turn at the vendor came. */
class NoTime extends Error {}

/**
 * Works through a delivery, or through a slice of one. What is left when the time runs out, each event that failed among others,
 * and every event of a message that comes again since its function died goes into a message of its own: what one event does to
 * its function hurts no other.
 */
export async function capture(
  delivery: Delivery,
  slice: Slice | undefined,
  ports: CapturePorts,
  attempt = 1,
): Promise<Captures[]> {
  const { rawKey: key, source, tenant = NOBODY } = delivery;
  const alone = (index: number): Slice => ({ v: 1, ...slice, key, from: index, to: index + 1 });
  let events: SourceEvent[];
  try {
    events = ports.eventsOf(delivery);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const { again } = slice ?? {};
    if (again && again.tenant !== tenant) return [];
    const reason = error.message;
    const from = { tenant, source: source.id, rawKey: key, mark: `${key}#1` };
    await ports.recordEvent(unread, from, { outcome: 'broken', reason, attempts: attempt, again: again?.how });
    return [{ event: unread, tenant, outcome: 'broken', reason }];
  }
  const placed = receivedIn(events, key).slice(slice?.from, slice?.to);
  const isLarge = placed.length > SLICE;
  if (isLarge || (attempt > 1 && placed.length > 1)) {
    const slices = isLarge ? slicesOf(key, events.length, slice?.again) : placed.map(({ index }) => alone(index));
    await ports.sendToCapture(slices);
    return [{ event: { id: 'delivery', type: 'many' }, tenant, outcome: 'cut', reason: `${slices.length} slices` }];
  }
  const hasTime = () => placed.length === 1 || ports.timeLeft() >= ports.longestEvent;
  const patient = { ...ports, readRecord: inTurn(ports.readRecord, hasTime) };
  const again: number[] = [];
  const work = async (one: Received): Promise<Captures | undefined> => {
    const { event, index } = one;
    if (!hasTime()) return void again.push(index);
    try {
      return await captureEvent(one, delivery, slice, patient, attempt);
    } catch (error) {
      if (placed.length === 1) throw error;
      again.push(index);
      if (error instanceof NoTime) return undefined;
      return { event, tenant, outcome: 'failed', reason: namedError(error) };
    }
  };
  const first = onceEach(placed);
  const repeats = placed.filter((one) => !first.includes(one));
  const some = limited(AT_ONCE);
  const results = [...(await some.map(first, work)), ...(await some.map(repeats, work))];
  if (again.length > 0) await ports.sendToCapture(again.map(alone));
  return results.filter((result) => result !== undefined);
}

/** Lets a few ask the vendor at once. Whoever's turn comes once the token was refused to another is told so without asking. */
function inTurn(read: CapturePorts['readRecord'], hasTime: () => boolean): CapturePorts['readRecord'] {
  const turns = limited(VENDOR_AT_ONCE);
  const refusals = new Map<string, TokenRefused>();
  return (event, account, token) =>
    turns(async () => {
      if (!hasTime()) throw new NoTime();
      const tried = `${account.id} ${token}`;
      const refusal = refusals.get(tried);
      if (refusal) throw refusal;
      try {
        return await read(event, account, token);
      } catch (error) {
        if (error instanceof TokenRefused) refusals.set(tried, error);
        throw error;
      }
    });
}

const slicesOf = (key: string, count: number, again: Again | undefined): Slice[] =>
  Array.from({ length: Math.ceil(count / SLICE) }, (_, index) => ({
    v: 1,
    key,
    from: index * SLICE,
    to: Math.min(count, (index + 1) * SLICE),
    bulk: true,
    ...(again && { again }),
  }));

/** The events of a delivery, each marked with the how manieth of its kind it is: the same mark however often the delivery is read. */
function receivedIn(events: SourceEvent[], key: string): Received[] {
  const counts = new Map<string, number>();
  return events.map((event, index) => {
    const count = (counts.get(event.id) ?? 0) + 1;
    counts.set(event.id, count);
    return { event, index, mark: `${key}#${count}` };
  });
}

/** The first of those with the same id: a vendor may name a lead twice in one delivery. */
const onceEach = <T extends { event: SourceEvent }>(placed: T[]): T[] => {
  const first = new Map(placed.toReversed().map((one) => [one.event.id, one]));
  return placed.filter((one) => one.event.id === '' || first.get(one.event.id) === one);
};
