import type { EventRow, Reveal } from '../core/event-row.ts';
import { mask } from '../core/mask.ts';
import { deliveryOf, type OwnDelivery, type StoredPorts } from '../core/stored-events.ts';
import type { Actor } from './actor.ts';
import { notFound } from './failed.ts';
import { keyFor, shown } from './list-deliveries.ts';
import type { Delivery } from './schemas/delivery.ts';

export interface ShowPorts extends StoredPorts {
  /** Milliseconds since 1970. */
  now: () => number;
  eventsIn: (tenant: string, rawKey: string) => Promise<EventRow[]>;
  noteReveal: (tenant: string, rawKey: string, reveal: Reveal) => Promise<void>;
  revealsOf: (tenant: string, rawKey: string) => Promise<Reveal[]>;
}

/** A stored delivery with its personal fields covered. Throws where nothing in it is the tenant's. */
export const showDelivery = (actor: Actor, name: string, ports: ShowPorts): Promise<Delivery> =>
  show(actor, name, true, ports);

/** The same with all that the vendor sent; who saw it is noted first. */
export const revealDelivery = (actor: Actor, name: string, ports: ShowPorts): Promise<Delivery> =>
  show(actor, name, false, ports);

async function show(
  { tenant, id, name: who }: Actor,
  name: string,
  isMasked: boolean,
  ports: ShowPorts,
): Promise<Delivery> {
  const key = keyFor(name);
  const found = await deliveryOf(key, tenant, ports);
  if (!found) throw notFound('delivery');
  const at = new Date(ports.now()).toISOString();
  if (!isMasked) await ports.noteReveal(tenant, key, { by: { id, name: who }, at });
  const [rows, reveals] = await Promise.all([ports.eventsIn(tenant, key), ports.revealsOf(tenant, key)]);
  const content = contentOf(found);
  return {
    name,
    source: found.source?.id ?? 'unknown',
    origin: found.from.origin ?? null,
    received_at: found.from.receivedAt ?? null,
    size: found.body.length,
    events: rows.map(shown),
    broken: found.broken ?? null,
    others: found.count - found.events.length,
    body: isMasked ? mask(content) : content,
    is_masked: isMasked,
    reveals: reveals.map(({ by, at: when }) => ({ by: by.name, at: when })),
  };
}

/** What of a delivery tells of the tenant's events alone; what can't be understood is one text. */
function contentOf({ source, body, events, count, broken }: OwnDelivery): unknown {
  if (!source || broken !== undefined) return body.toString('utf8');
  if (events.length === count) return JSON.parse(body.toString('utf8'));
  const parts = source.parts(body);
  return [...new Set(events.map(({ index }) => parts[index]))];
}
