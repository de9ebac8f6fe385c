import { isErased } from '../../lambdas/aws/erased-table.ts';
import { recordsOf } from '../../lambdas/aws/lead-rows.ts';
import type { LeadRecords } from '../../lambdas/core/history.ts';
import type { Lead } from '../../lambdas/core/lead.ts';
import { sources, wordsFrom } from '../../lambdas/sources/registry.ts';
import type { Stage } from '../stage.ts';
import { type LeadId, leadsOf } from '../who.ts';
import { objectsNamed, storedObject, type StoredObject } from './stored-object.ts';

/** What a trace reads. */
export interface TracePorts {
  /** ISO 8601, UTC. */
  now: () => string;
  fallbackOwner: string;
  labelOf: (source: string) => string;
  /** Throws a sentence where it is neither an address nor a number nor an id. */
  leadsOf: (who: string) => Promise<LeadId[]>;
  recordsOf: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<LeadRecords>;
  /** `null` where there is no such object. */
  storedObject: (key: string) => Promise<StoredObject | null>;
  /** The objects in `source/` whose names begin with that of a lead's delivery. */
  objectsNamed: (leadId: string) => Promise<string[]>;
  /** Whether the tenant had a lead of this id that was erased, whichever source it came from. */
  wasErased: (leadId: string) => Promise<boolean>;
}

/** The table and the bucket of a stage. */
export const tracePorts = (stage: Stage): TracePorts => ({
  now: () => new Date().toISOString(),
  fallbackOwner: stage.settings.fallbackOwner,
  labelOf: (source) => wordsFrom(source)?.label ?? source,
  leadsOf: async (who) => (await leadsOf(stage, who)).leads,
  recordsOf: (lead) => recordsOf(stage.table, lead),
  storedObject: (key) => storedObject(stage, key),
  objectsNamed: (leadId) => objectsNamed(stage, leadId),
  wasErased: async (lead_id) => {
    const { table, tenant } = stage;
    const all = Object.keys(sources).map((source) => isErased(table, { tenant, source, lead_id }));
    return (await Promise.all(all)).includes(true);
  },
});
