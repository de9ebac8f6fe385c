import type { Compared, Tally } from '../core/completeness.ts';
import type { Contact } from '../core/contact.ts';
import type { ListedLead, ListedPage, Listing } from '../core/listing.ts';
import type { Round } from '../core/sync.ts';

export interface ComparePorts {
  listingOf: (source: string) => Pick<Listing, 'together' | 'delivery' | 'changed'>;
  /** Those that are neither leads of ours nor erased. */
  missingOf: (of: Compared, leadIds: string[]) => Promise<Set<string>>;
  /** A lead with what the list does not say of it. Throws as `Listing.page` does. */
  complete: (of: Compared, lead: ListedLead) => Promise<ListedLead>;
  /** What is known of these contacts. */
  contactsOf: (tenant: string, leadIds: string[]) => Promise<Map<string, Contact>>;
  /** Keeps a delivery as if the vendor had posted it; the same one again is a duplicate. */
  put: (of: Compared, body: Buffer, as: { quiet: boolean; job: string | undefined }) => Promise<'stored' | 'duplicate'>;
}

/** With more missing leads than these in one answer, they are put together. */
const MANY = 25;
const PUTS_AT_ONCE = 10;

/** Compares one answer of the vendor with what we have. The first time through, what is missing or was changed is put; afterwards it is only looked at. */
export async function comparePage(round: Round, { leads }: ListedPage, ports: ComparePorts): Promise<Tally> {
  const of = round.round;
  const expected = leads.filter(({ createdAt }) => createdAt >= Math.min(round.since, round.from));
  const missing = await ports.missingOf(
    of,
    expected.map(({ leadId }) => leadId),
  );
  const isUnderWay = ({ leadId, createdAt }: ListedLead) => missing.has(leadId) && createdAt >= round.patient;
  const lacking = expected.filter((lead) => missing.has(lead.leadId) && !isUnderWay(lead));
  const counted = expected.filter((lead) => lead.createdAt >= round.from && !isUnderWay(lead));
  const countIn = (some: ListedLead[]) => ({
    vendor: some.length,
    ours: some.filter(({ leadId }) => !missing.has(leadId)).length,
  });
  const isFirst = round.checks === 0;
  const changes = isFirst ? await changesOf(round, leads, missing, ports) : [];
  const put = isFirst ? await putAll(round, [...(await deliveriesOf(round, lacking, ports)), ...changes], ports) : 0;
  return {
    settled: countIn(counted.filter(({ createdAt }) => createdAt < round.settle)),
    recent: countIn(counted.filter(({ createdAt }) => createdAt >= round.settle)),
    missing: lacking.length,
    put,
    changed: changes.length,
  };
}

async function deliveriesOf({ round }: Round, lacking: ListedLead[], ports: ComparePorts): Promise<Buffer[]> {
  const { together, delivery } = ports.listingOf(round.source);
  const each = lacking.length > MANY ? together : 1;
  const complete: ListedLead[] = [];
  for (const some of inPieces(lacking, PUTS_AT_ONCE))
    complete.push(...(await Promise.all(some.map((lead) => ports.complete(round, lead)))));
  return inPieces(complete, each).map((some) => delivery(some, round.account));
}

/** What the vendor says of leads that we know otherwise, of vendors whose lists say that. */
async function changesOf(
  { round }: Round,
  leads: ListedLead[],
  missing: Set<string>,
  { listingOf, contactsOf }: ComparePorts,
): Promise<Buffer[]> {
  const { changed } = listingOf(round.source);
  const told = changed ? leads.filter(({ leadId, properties }) => properties && !missing.has(leadId)) : [];
  if (!changed || told.length === 0) return [];
  const known = await contactsOf(
    round.tenant,
    told.map(({ leadId }) => leadId),
  );
  return told.flatMap((lead) => {
    const contact = known.get(lead.leadId);
    return (contact && changed(lead, contact, round.account)) ?? [];
  });
}

/** How many of them nobody had put before. */
async function putAll(
  { round, quiet = false, job }: Round,
  deliveries: Buffer[],
  { put }: ComparePorts,
): Promise<number> {
  let stored = 0;
  for (const some of inPieces(deliveries, PUTS_AT_ONCE)) {
    const outcomes = await Promise.all(some.map((body) => put(round, body, { quiet, job })));
    stored += outcomes.filter((outcome) => outcome === 'stored').length;
  }
  return stored;
}

const inPieces = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
