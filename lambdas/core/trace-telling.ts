import { categoryLabel } from './category.ts';
import type { LeadRecords } from './history.ts';
import type { Lead, Lookup } from './lead.ts';
import { crmOwnerOf } from './owner-of.ts';
import { lossWords } from './rescue.ts';
import type { Point, TraceContext } from './trace.ts';
import { channelPoint } from './trace-channel.ts';

/** From the end of the wait to the alert: due, each lookup, enriched, its category, each channel with its receipt. */
export function tellingPoints({ lead, channels }: LeadRecords, context: TraceContext): Point[] {
  if (!lead) return [];
  const { dueAt, receivedAt, queuedAt, enrichedAt, silentAt, gaveUp, toldAt } = lead;
  const isOver = queuedAt !== undefined && dueAt > receivedAt && dueAt >= queuedAt;
  return [
    ...categoryPoints(lead),
    ...(isOver ? [point(dueAt, 'The wait was over')] : []),
    ...(lead.rescues ?? []).map(({ at, what }) =>
      point(at, 'Found and started again', `it had got lost ${lossWords[what]}`, 'failed'),
    ),
    ...(lead.lookups ?? []).map(lookupPoint),
    ...ownerPoints(lead, context),
    ...(enrichedAt === undefined
      ? []
      : [point(enrichedAt, 'Enriched', 'kept in target/, which every channel is told from')]),
    ...(silentAt === undefined ? [] : [point(silentAt, 'Nobody is told', silence(lead), 'skipped')]),
    ...channels.map((receipt) => channelPoint(receipt, Date.parse(context.now))),
    ...(gaveUp === undefined
      ? []
      : [point(gaveUp.at, 'Given up', `${gaveUp.reason} · it is among the dead letters`, 'failed')]),
    ...(toldAt === undefined ? [] : [point(toldAt, 'Told', 'every channel has come to its end')]),
  ];
}

function categoryPoints({ category, announced, categoryVersion, announcements = {} }: Lead): Point[] {
  const open = Object.values(announcements).sort((a, b) => a.version - b.version);
  const waiting = open.map((change) =>
    point(change.at, `Category ${categoryLabel[change.category]}`, 'not published yet', 'waits'),
  );
  const isPublished = category !== undefined && open.every(({ version }) => version !== categoryVersion);
  if (!isPublished) return waiting;
  const isNoted = announced?.version === categoryVersion;
  const detail = isNoted ? 'published to the topic' : 'published to the topic; when was not noted';
  return [...waiting, point(isNoted && announced ? announced.at : null, `Category ${categoryLabel[category]}`, detail)];
}

const directories: Record<string, string> = {
  lookup: 'the lookup bucket',
  close: 'the Close API',
  hubspot: 'the HubSpot API',
  page: 'the page’s user',
};

const answers: Record<Lookup['said'], [string, Point['outcome']]> = {
  owner: ['it named an owner', 'done'],
  facts: ['it knows the lead, and no owner', 'done'],
  nothing: ['it knows nothing of this lead', 'skipped'],
  refused: ['it refused', 'failed'],
  later: ['it could not answer; the lead waits for it', 'waits'],
};

/** Directories that are asked with a key or a token, which a tenant need not have. */
const keyed = ['close', 'hubspot'];

function lookupPoint({ directory, said, reason, at }: Lookup): Point {
  const [words, outcome] = answers[said];
  const unasked = said === 'nothing' && keyed.includes(directory) ? ', or there is no key to ask it with' : '';
  const why = reason === undefined ? unasked : ` (${reason})`;
  return point(at, `Asked ${directories[directory] ?? directory}`, `${words}${why}`, outcome);
}

function ownerPoints(lead: Lead, { fallbackOwner }: TraceContext): Point[] {
  if (lead.lookedUpAt === undefined) return [];
  const owner = crmOwnerOf(lead, fallbackOwner);
  const whose = owner === null ? 'nobody owned it yet' : `its owner is ${owner}`;
  return [point(lead.lookedUpAt, 'Owner looked up', lead.lookups ? whose : `${whose}; who said so was not noted`)];
}

function silence({ isManual, isQuiet, category = 'pending' }: Lead): string {
  if (isManual) return 'it was added without an alert';
  return isQuiet ? 'it was fetched to be told to nobody' : `nobody wants alerts of leads that are ${category}`;
}

const point = (
  at: string | null,
  what: string,
  detail: string | null = null,
  outcome: Point['outcome'] = 'done',
): Point => ({ at, what, detail, outcome });
