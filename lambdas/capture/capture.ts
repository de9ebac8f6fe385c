import type { Again } from '../core/again.ts';
import type { Slice } from '../core/capture-message.ts';
import { type SourceEvent, unread } from '../core/event.ts';
import { Broken, namedError } from '../core/failures.ts';
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
/** Events that are worked on at once, so that a vendor is asked this often at once by each message. */
const AT_ONCE = 4;

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
  const again: number[] = [];
  const work = async (one: Received): Promise<Captures | undefined> => {
    const { event, index } = one;
    const isLate = placed.length > 1 && ports.timeLeft() < ports.longestEvent;
    if (isLate) return void again.push(index);
    try {
      return await captureEvent(one, delivery, slice, ports, attempt);
    } catch (error) {
      if (placed.length === 1) throw error;
      again.push(index);
      return { event, tenant, outcome: 'failed', reason: namedError(error) };
    }
  };
  const first = onceEach(placed);
  const repeats = placed.filter((one) => !first.includes(one));
  const results = [...(await inTurns(first, AT_ONCE, work)), ...(await inTurns(repeats, AT_ONCE, work))];
  if (again.length > 0) await ports.sendToCapture(again.map(alone));
  return results.filter((result) => result !== undefined);
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

/** Works on so many at once, begun in their order. */
async function inTurns<T, R>(items: T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const rest = [...items.entries()];
  const next = async () => {
    for (let entry = rest.shift(); entry; entry = rest.shift()) results[entry[0]] = await work(entry[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return results;
}
