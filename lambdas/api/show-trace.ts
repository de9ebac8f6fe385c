import type { LeadRecords } from '../core/history.ts';
import type { Lead } from '../core/lead.ts';
import { knownOf } from '../core/lead-view.ts';
import type { SourceWords } from '../core/source.ts';
import { traceOf } from '../core/trace.ts';
import type { Actor } from './actor.ts';
import { notFound } from './failed.ts';
import type { Trace } from './schemas/trace.ts';

export interface TracePorts {
  now: () => number;
  fallbackOwner: string;
  /** All that is kept under the id of a lead, which may be no lead (yet). */
  recordsOf: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<LeadRecords>;
  wordsFrom: (source: string) => SourceWords | undefined;
}

/** What happened to a lead of the actor's tenant, also to one that could not be read yet. */
export async function showTrace({ tenant }: Actor, id: string, ports: TracePorts): Promise<Trace> {
  const records = await ports.recordsOf({ tenant, lead_id: id });
  const { lead, events } = records;
  const source = lead?.source ?? events[0]?.source;
  if (source === undefined) throw notFound('lead');
  const label = ports.wordsFrom(source)?.label ?? source;
  const now = new Date(ports.now()).toISOString();
  const { points, standing } = traceOf(records, { now, label, fallbackOwner: ports.fallbackOwner });
  return {
    id,
    name: lead ? knownOf(lead).name : null,
    source_label: label,
    is_lead: lead !== undefined,
    standing,
    points: points.map(({ after, ...point }) => ({ ...point, after_ms: after })),
  };
}
