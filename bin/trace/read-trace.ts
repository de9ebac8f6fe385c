import { NOBODY } from '../../lambdas/core/account.ts';
import { type Trace, traceOf } from '../../lambdas/core/trace.ts';
import type { LeadId } from '../who.ts';
import type { TracePorts } from './trace-ports.ts';

/** The way of a lead, and whose it is: `none` where nobody has the page or portal that brought it. */
export interface Way extends Trace, LeadId {
  tenant: string;
  label: string;
  receivedAt: string | undefined;
}

/** What the table and the bucket know of a lead. */
export async function readTrace(tenant: string, { lead_id, source }: LeadId, ports: TracePorts): Promise<Way> {
  const own = await ports.recordsOf({ tenant, lead_id });
  const isOwn = own.lead !== undefined || own.events.length > 0;
  const records = isOwn ? own : await ports.recordsOf({ tenant: NOBODY, lead_id });
  const rawKey = records.lead?.rawKey ?? records.events[0]?.rawKey;
  const stored = rawKey === undefined || records.lead?.isManual ? undefined : await ports.storedObject(rawKey);
  const label = ports.labelOf(source);
  const context = { now: ports.now(), label, fallbackOwner: ports.fallbackOwner };
  const trace = traceOf(records, { ...context, ...(stored !== undefined && { stored }) });
  const receivedAt = records.lead?.receivedAt ?? records.events[0]?.at;
  return { ...trace, lead_id, source, label, tenant: isOwn ? tenant : NOBODY, receivedAt };
}
