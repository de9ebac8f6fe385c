import { exported, type ExportJob, type ExportMessage, LONGEST_EXPORT, type ReadPorts } from '../core/export.ts';
import { dayIn } from '../core/when.ts';
import type { Actor } from './actor.ts';
import { notFound } from './failed.ts';
import type { Export } from './schemas/export.ts';
import type { LeadFilter } from './schemas/lead.ts';
import { viewerOf, type ViewerPorts } from './viewer.ts';

type Id = Pick<ExportJob, 'tenant' | 'id'>;

export interface ExportPorts extends ViewerPorts, ReadPorts {
  /** Milliseconds since 1970. */
  now: () => number;
  timeZoneOf: (tenant: string) => string;
  newId: () => string;
  saveJob: (job: ExportJob) => Promise<void>;
  jobNow: (job: Id) => Promise<ExportJob | undefined>;
  /** Has a list made in the background. */
  startExport: (message: ExportMessage) => Promise<void>;
  /** Where a list is downloaded, by whoever has the link and for a quarter of an hour. */
  exportLink: (job: Id, name: string) => Promise<string>;
}

/** What is answered at once: so many leads, found in so many looks, as so many characters (an answer of a function has 6 MB). */
const SMALL = { leads: 1000, looks: 5, characters: 1_000_000 };

/** A list of leads: at once where it is short and soon found, else a job that makes it. */
export async function makeExport(actor: Actor, filter: LeadFilter, ports: ExportPorts): Promise<Export> {
  const { tenant } = actor;
  const id = ports.newId();
  const viewer = await viewerOf(actor, ports);
  const at = { viewer, timeZone: ports.timeZoneOf(tenant) };
  let csv = '';
  let count = 0;
  let looks = -1;
  for await (const piece of exported({ tenant, filter }, at, ports)) {
    csv += piece.text;
    count += piece.count;
    looks += 1;
    if (count > SMALL.leads || csv.length > SMALL.characters || looks > SMALL.looks) {
      const now = ports.now();
      const createdAt = new Date(now).toISOString();
      const ownKeys = [...viewer.ownKeys];
      const runsUntil = now + LONGEST_EXPORT;
      await ports.saveJob({ tenant, id, filter, ownKeys, state: 'running', count: 0, createdAt, runsUntil });
      await ports.startExport({ v: 1, tenant, export_id: id });
      return { id, state: 'running', count: 0, csv: null, url: null };
    }
  }
  return { id, state: 'done', count, csv, url: null };
}

/** Where a list stands, with a link once it is there. Whoever was making it and is over time has died. */
export async function showExport({ tenant }: Actor, id: string, ports: ExportPorts): Promise<Export> {
  const job = await ports.jobNow({ tenant, id });
  if (!job) throw notFound('export');
  const { state, count, createdAt } = job;
  if (state === 'done') {
    const name = `leads-${dayIn(Date.parse(createdAt), ports.timeZoneOf(tenant))}.csv`;
    return { id, state, count, csv: null, url: await ports.exportLink(job, name) };
  }
  const isDead = state === 'running' && job.runsUntil < ports.now();
  return { id, state: isDead ? 'failed' : state, count: 0, csv: null, url: null };
}
