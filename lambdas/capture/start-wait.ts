import type { Again } from '../core/again.ts';
import type { Outcome } from '../core/event.ts';
import type { Captured, Lead } from '../core/lead.ts';
import type { OwnerMessage } from '../core/owner-message.ts';
import type { LeadList, Source } from '../core/source.ts';
import { isSynthetic } from '../core/synthetic.ts';
import { dayIn } from '../core/when.ts';
import type { Placed } from './delivery.ts';

export interface StartPorts {
  /** ISO 8601, UTC. */
  now: () => string;
  /** Seconds that a new lead of the source waits, and whether one whose owner is known does not. */
  waitOf: (source: Source) => { delay: number; forOwner: boolean };
  timeZoneOf: (tenant: string) => string;
  /** Makes a list of a tenant where it has none of this name. */
  saveList: (list: LeadList & { tenant: string }) => Promise<void>;
  saveLead: (captured: Captured) => Promise<Lead>;
  startWait: (message: OwnerMessage) => Promise<void>;
  markQueued: (lead: Lead) => Promise<unknown>;
}

/** What was fetched only this long after it was made comes in a digest: milliseconds. */
const OLD = 24 * 3600_000;

/** In this order, so that a crash after any write still ends in one alert: lead, message, `queuedAt`. */
export async function startWait(
  captured: Captured,
  { event, delivery, account, slice }: Placed,
  isTest: boolean,
  ports: StartPorts,
): Promise<{ lead: Lead; outcome: Outcome; reason?: string; started?: boolean }> {
  const { receivedAt, rawKey, correlationId: correlation_id, source, isBackfill } = delivery;
  const madeAt = Date.parse(captured.facts.date_created ?? event.occurredAt ?? receivedAt);
  const isOld = isBackfill && Date.parse(receivedAt) - madeAt > OLD;
  const { tenant, lead_id } = captured;
  const { delay, forOwner } = ports.waitOf(source);
  const isOwned = account?.owner !== undefined;
  const dueAt = new Date(Date.parse(receivedAt) + (forOwner && isOwned ? 0 : delay) * 1000).toISOString();
  const again = slice?.again;
  if (source.list && !isSynthetic(lead_id)) await ports.saveList({ tenant, ...source.list });
  const lead = await ports.saveLead({
    ...captured,
    again,
    created: {
      receivedAt,
      dueAt,
      rawKey,
      createdBy: event.id,
      isTest,
      account: account?.id,
      accountOwner:
        account?.owner === undefined ? undefined : { name: account.owner, email: account.ownerEmail ?? null },
      list: source.list?.name,
      remark: source.remarkOf?.(lead_id),
      status: 'new',
      isBulk: event.isBulk ?? (isOld || undefined),
      lateSince: isBackfill ? new Date(madeAt).toISOString() : undefined,
      isQuiet: delivery.isQuiet,
      rescues: slice?.rescuedAt === undefined ? undefined : [{ at: slice.rescuedAt, what: 'not_captured' }],
      nextCallDate: dayIn(Date.parse(receivedAt), ports.timeZoneOf(tenant)),
    },
  });
  if (again?.how === 'quiet' || (again && isClosed(lead))) return runAgain(lead, again, correlation_id, ports);
  if (lead.silentBy !== undefined && !lead.queuedAt)
    return { lead, outcome: 'duplicate', reason: 'the lead was brought back by a replay' };
  // After a crash just before the end, or by another delivery of the same event that was quicker; or a second creation of the same lead.
  const isThis = lead.rawKey === rawKey || lead.createdBy === event.id;
  if (lead.queuedAt && isThis && !again) return { lead, outcome: 'done' };
  if (lead.queuedAt && !again) return { lead, outcome: 'duplicate', reason: 'the lead had its wait already' };
  const bulk = lead.isBulk ? { bulk: true } : {};
  await ports.startWait({ v: 1, tenant, lead_id, source: source.id, correlation_id, notBefore: lead.dueAt, ...bulk });
  await ports.markQueued(lead);
  return { lead, outcome: 'done', started: true };
}

const isClosed = ({ toldAt, silentAt }: Lead) => (toldAt ?? silentAt) !== undefined;

/** Has a lead that came to its end looked up and kept anew; one in its wait is when that is over, and by itself. */
async function runAgain(lead: Lead, again: Again, correlation_id: string | undefined, ports: StartPorts) {
  if (!isClosed(lead)) return { lead, outcome: 'done' as const, reason: 'the lead is in its wait' };
  const { tenant, lead_id, source } = lead;
  await ports.startWait({ v: 1, tenant, lead_id, source, correlation_id, notBefore: ports.now(), bulk: true, again });
  return { lead, outcome: 'done' as const };
}
