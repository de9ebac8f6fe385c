import { NOBODY } from '../core/account.ts';
import type { DigestPlace } from '../core/digest.ts';
import type { Lead } from '../core/lead.ts';
import type { Source } from '../core/source.ts';
import { isSynthetic } from '../core/synthetic.ts';
import type { KeptObject, LeadTraces, Removed } from '../core/traces.ts';

type Id = Pick<Lead, 'tenant' | 'source' | 'lead_id'>;

export interface EraseLeadPorts {
  /** Remembers, by hashes alone, that a lead was erased, and that a delivery was. */
  rememberErased: (lead: Id) => Promise<void>;
  rememberErasedKey: (rawKey: string) => Promise<void>;
  sourceOf: (id: string) => Source | undefined;
  tracesOf: (lead: Pick<Lead, 'tenant' | 'lead_id'>) => Promise<LeadTraces>;
  personRowsOf: (partition: string, leadId: string) => Promise<LeadTraces['rows']>;
  deleteRow: (key: LeadTraces['rows'][number]) => Promise<void>;
  leaveDigest: (place: DigestPlace, leadId: string) => Promise<void>;
  /** Deletes what is noted of a delivery itself, such as who saw it: its name may be the lead's. Says how many rows there were. */
  forgetDelivery: (tenant: string, rawKey: string) => Promise<number>;
  /** Deletes versions of an object: all, those that are not the current one, or one. Says how many there were. */
  deleteVersions: (key: string, which?: 'all' | 'old' | { versionId: string }) => Promise<number>;
  /** Deletes all lists of leads that people of a tenant had made: which of them a lead is in nobody knows. Says how many there were. */
  deleteExports: (tenant: string) => Promise<number>;
  objectNow: (key: string) => Promise<KeptObject | undefined>;
  /** False where there is an object. */
  putObject: (key: string, object: Omit<KeptObject, 'versionId'>) => Promise<boolean>;
  /** What is kept of a lead beside its deliveries. */
  objectsOf: (lead: Id) => string[];
  /** Where a delivery is kept while it is written anew without the lead: no two leads share it. */
  copyOf: (rawKey: string, lead: Id) => string;
  sha256: (body: Buffer) => string;
}

/**
 * Removes everything that is kept of a lead. That it was erased is remembered first, so that nothing that comes meanwhile is taken;
 * its rows, which say where the rest is, go last: cut off anywhere, it is begun anew and ends in the same.
 */
export async function eraseLead(lead: Id, rawKeys: string[], ports: EraseLeadPorts): Promise<Removed> {
  const { tenant, lead_id } = lead;
  // What the doctor made up is nobody: it is in no list, and need not be remembered.
  const isSomebody = !isSynthetic(lead_id);
  if (isSomebody) await ports.rememberErased(lead);
  const removed: Removed = { rows: 0, objects: 0, rewritten: 0, exports: 0, rawKeys: [...rawKeys] };
  if (isSomebody) removed.exports = await ports.deleteExports(tenant);
  // An event of a page or portal that nobody had stands under nobody.
  for (const whose of [tenant, NOBODY]) {
    const traces = await ports.tracesOf({ tenant: whose, lead_id });
    removed.rawKeys = [...new Set([...removed.rawKeys, ...traces.rawKeys])];
    for (const rawKey of removed.rawKeys) await eraseIn(rawKey, lead, removed, ports);
    for (const place of traces.digests) await ports.leaveDigest(place, lead_id);
    const persons = await Promise.all(traces.persons.map((partition) => ports.personRowsOf(partition, lead_id)));
    const rows = [...persons.flat(), ...traces.rows];
    for (const row of [...traces.parked, ...rows]) await ports.deleteRow(row);
    removed.rows += rows.length;
  }
  for (const key of ports.objectsOf(lead)) removed.objects += await ports.deleteVersions(key);
  return removed;
}

/**
 * Deletes a delivery, or puts it back without the lead where it tells of others too. What is left is kept beside it meanwhile: nothing
 * in `source/` is ever overwritten, and a crash between the two must lose nobody. Whoever finds that another one put it back begins anew.
 */
async function eraseIn(rawKey: string, lead: Id, removed: Removed, ports: EraseLeadPorts): Promise<void> {
  const copy = ports.copyOf(rawKey, lead);
  for (;;) {
    const now = await ports.objectNow(rawKey);
    const kept = now ?? (await ports.objectNow(copy));
    const rest = kept && restOf(kept, ports.sourceOf(lead.source), lead.lead_id, ports);
    if (now && rest === now) {
      // Left by a try that was cut off right at its end.
      await ports.deleteVersions(copy);
      return;
    }
    if (!rest && !isSynthetic(lead.lead_id)) await ports.rememberErasedKey(rawKey);
    if (now && rest) {
      await ports.deleteVersions(copy);
      await ports.putObject(copy, rest);
    }
    if (now) removed.objects += await ports.deleteVersions(rawKey, { versionId: now.versionId });
    if (rest && !(await ports.putObject(rawKey, rest))) continue;
    removed.rewritten += rest ? 1 : 0;
    removed.objects += await ports.deleteVersions(rawKey, rest ? 'old' : 'all');
    await ports.deleteVersions(copy);
    if (!rest) removed.rows += await ports.forgetDelivery(lead.tenant, rawKey);
    return;
  }
}

/** What is left of a delivery: the very same where it says nothing of the lead, `undefined` where nothing is. */
function restOf(
  kept: KeptObject,
  source: Source | undefined,
  leadId: string,
  { sha256 }: EraseLeadPorts,
): KeptObject | undefined {
  const body = source ? withoutLead(source, kept.body, leadId) : kept.body;
  if (body === null) return undefined;
  return body.equals(kept.body) ? kept : { ...kept, body, metadata: { ...kept.metadata, digest: sha256(body) } };
}

/** What was never understood tells of nobody. */
function withoutLead(source: Source, body: Buffer, leadId: string): Buffer | null {
  try {
    return source.without(body, leadId);
  } catch {
    return body;
  }
}
