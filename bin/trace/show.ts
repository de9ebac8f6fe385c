import { exactSpan } from '../../lambdas/core/exact-span.ts';
import { plain } from '../../lambdas/core/plain.ts';
import type { Standing } from '../../lambdas/core/standing.ts';
import type { TracePoint } from '../../lambdas/core/trace.ts';
import { inColumns } from '../columns.ts';
import type { LeadId } from '../who.ts';
import type { Way } from './read-trace.ts';

/** A lead's way, one point a line, and where it stands. */
export function leadText(way: Way, others: LeadId[]): string {
  const rows = [['TIME (UTC)', 'AFTER', 'OUTCOME', 'WHAT', 'DETAIL'], ...way.points.map(rowOf)];
  return [
    `Lead ${way.lead_id} of ${way.tenant}, from ${way.label}`,
    standingText(way.standing),
    '',
    inColumns(rows),
    ...(others.length > 0 ? ['', `The same person has ${others.map(({ lead_id }) => lead_id).join(', ')}.`] : []),
  ].join('\n');
}

/** Which leads there are, the newest first. */
export function listText(ways: Way[]): string {
  const rows = ways.map(({ lead_id, label, receivedAt, standing }) => [
    receivedAt === undefined ? '-' : toTheSecond(receivedAt),
    lead_id,
    label,
    standing.state,
    plain(standing.says),
  ]);
  return [
    `${ways.length} leads of the same person; npm run trace -- LEAD shows the way of one:`,
    '',
    inColumns([['RECEIVED (UTC)', 'LEAD', 'FROM', 'STATE', 'WHERE IT STANDS'], ...rows]),
  ].join('\n');
}

export const leadJson = (way: Way, others: LeadId[]) => ({
  leads: [{ ...summaryOf(way), points: way.points.map(({ after, ...point }) => ({ ...point, after_ms: after })) }],
  same_person: others.map(({ lead_id }) => lead_id),
});

export const listJson = (ways: Way[]) => ({ leads: ways.map(summaryOf) });

const summaryOf = ({ lead_id, tenant, source, receivedAt, standing }: Way) => ({
  lead_id,
  tenant,
  source,
  received_at: receivedAt ?? null,
  standing,
});

const standingText = ({ state, says, since }: Standing) =>
  plain(`${state.toUpperCase()}: ${says}${since === null ? '' : ` Since ${toTheSecond(since)} UTC.`}`, 1000);

function rowOf({ at, after, outcome, what, detail }: TracePoint): string[] {
  const time = at === null ? '?' : at.slice(0, 23).replace('T', ' ');
  return [time, after === null ? '' : `+${exactSpan(after)}`, outcome, plain(what), plain(detail ?? '', 1000)];
}

/** `2026-03-05 13:30:00`. */
const toTheSecond = (time: string) => time.slice(0, 19).replace('T', ' ');
