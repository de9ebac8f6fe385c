import { exported, type ExportJob, type ExportMessage, LONGEST_EXPORT, type ReadPorts } from '../core/export.ts';
import type { Viewer } from '../core/lead-view.ts';

type Id = Pick<ExportJob, 'tenant' | 'id'>;

export interface ExportPorts extends ReadPorts {
  now: () => number;
  timeZoneOf: (tenant: string) => string;
  /** In whose words leads are written. */
  viewerOf: (job: ExportJob) => Promise<Viewer>;
  jobNow: (job: Id) => Promise<ExportJob | undefined>;
  /** Notes where a list stands; false where it was deleted. */
  noteJob: (job: Id, news: Pick<ExportJob, 'state' | 'count' | 'runsUntil'>) => Promise<boolean>;
  /** Keeps a text while it is made; nothing where making it throws. */
  saveExport: (job: Id, text: AsyncIterable<string>) => Promise<void>;
}

/** What came of a message. */
export interface Exported {
  outcome: 'done' | 'repeat' | 'deleted';
  count?: number;
}

/** Makes a list of leads and keeps it, however many there are. The same message again makes the same list once more, unless that is done. */
export async function exportLeads({ tenant, export_id: id }: ExportMessage, ports: ExportPorts): Promise<Exported> {
  const job = await ports.jobNow({ tenant, id });
  if (!job) return { outcome: 'deleted' };
  if (job.state === 'done') return { outcome: 'repeat' };
  const note = (state: ExportJob['state'], count: number) =>
    ports.noteJob(job, { state, count, runsUntil: ports.now() + LONGEST_EXPORT });
  if (!(await note('running', 0))) return { outcome: 'deleted' };
  try {
    const count = await make(job, ports);
    return (await note('done', count)) ? { outcome: 'done', count } : { outcome: 'deleted' };
  } catch (error) {
    if (error instanceof Deleted) return { outcome: 'deleted' };
    // People see it at once; the queue brings the message back.
    await note('failed', 0);
    throw error;
  }
}

/** Somebody of the tenant was to be forgotten meanwhile, and may be in it. */
class Deleted extends Error {
  override name = 'Deleted';
}

async function make(job: ExportJob, ports: ExportPorts): Promise<number> {
  const viewer = await ports.viewerOf(job);
  const at = { viewer, timeZone: ports.timeZoneOf(job.tenant) };
  let count = 0;
  async function* text() {
    for await (const piece of exported(job, at, ports)) {
      count += piece.count;
      if (piece.text !== '') yield piece.text;
    }
    // An erasure deletes this first and the list then, twice: what is kept after this look is met by its second pass.
    if (!(await ports.jobNow(job))) throw new Deleted('the list was deleted while it was made');
  }
  await ports.saveExport(job, text());
  return count;
}
