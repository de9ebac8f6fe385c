import type { Account } from '../core/account.ts';
import type { Slice } from '../core/capture-message.ts';
import type { DeliveryFacts, EventOrigin, SourceEvent } from '../core/event.ts';
import type { Source } from '../core/source.ts';

/** A delivery as `ingest` kept it. */
export interface Delivery extends DeliveryFacts {
  rawKey: string;
  body: Buffer;
  source: Source;
  /** Absent where a page or portal says whose each event is. */
  tenant?: string | undefined;
  correlationId?: string | undefined;
  /** Fetched by ourselves, since no webhook had brought it. */
  isBackfill?: boolean | undefined;
  /** Nobody is told of what is new in it. */
  isQuiet?: boolean | undefined;
}

/** An event in its place: the delivery and the message it came in, its page or portal, and whose it is. */
export interface Placed {
  event: SourceEvent;
  /** Counted from 0. */
  index: number;
  delivery: Delivery;
  slice: Slice | undefined;
  /** How often its message was received. */
  attempt: number;
  account: Account | undefined;
  from: EventOrigin;
}
