import { type Finding, fine, wrong } from '../core/finding.ts';
import type { Source } from '../core/source.ts';

export interface QuietPorts {
  /** The sources that are on. */
  sources: Pick<Source, 'id' | 'label'>[];
  now: () => number;
  /** The newest leads of a tenant before a moment, and whether there are none before them; test leads are left out. */
  arrivalsBefore: (tenant: string, at: string) => Promise<Arrivals>;
  flagsOf: (tenant: string) => string;
}

export interface Arrivals {
  leads: { source: string; receivedAt: string }[];
  isEnd: boolean;
}

const HOUR = 60 * 60_000;
const WEEK = 7 * 24 * HOUR;
/** How many weeks the hour is compared with. */
const WEEKS = [1, 2, 3, 4];
/** Longer than the longest gap of those weeks by this factor, and an hour more. */
const PATIENCE = 2;

/**
 * Whether a source is quiet for longer than it ever was at this hour of this weekday in the past four weeks. One that was not used in
 * all of them has no habit yet; five queries a tenant.
 */
export async function checkQuiet(tenant: string, ports: QuietPorts): Promise<Finding[]> {
  const now = ports.now();
  const before = (time: number) => ports.arrivalsBefore(tenant, new Date(time).toISOString());
  const [latest, ...weeks] = await Promise.all([before(now), ...WEEKS.map((week) => before(now - week * WEEK))]);
  return ports.sources.flatMap((source) => {
    const gap = latest && gapOf(source.id, latest, now);
    const gaps = weeks.map((arrivals, index) => gapOf(source.id, arrivals, now - (index + 1) * WEEK));
    const known = gaps.flatMap((one) => (one?.isExact ? [one.time] : []));
    const isHabit = known.length === WEEKS.length;
    if (!gap || !isHabit) return [];
    const usual = Math.max(...known);
    return [verdict(tenant, source, gap.time, usual, ports)];
  });
}

/** Since when a source was quiet at a moment; a lower bound where others pushed its last lead out of sight, nothing where it had none. */
function gapOf(source: string, { leads, isEnd }: Arrivals, at: number): { time: number; isExact: boolean } | undefined {
  const last = leads.find((lead) => lead.source === source);
  if (last) return { time: at - Date.parse(last.receivedAt), isExact: true };
  const oldest = leads.at(-1);
  return isEnd || !oldest ? undefined : { time: at - Date.parse(oldest.receivedAt), isExact: false };
}

function verdict(
  tenant: string,
  { id, label }: Pick<Source, 'id' | 'label'>,
  gap: number,
  usual: number,
  { flagsOf }: QuietPorts,
): Finding {
  const of = { tenant, source: id };
  const words = `${label} brought no lead for ${hours(gap)}`;
  if (gap <= PATIENCE * usual + HOUR) return fine('quiet', of, `${words}, which is usual at this hour.`);
  return wrong('quiet', of, {
    cause: `${words}; at this hour of the past four weeks it was ${hours(usual)} at most.`,
    consequence: `It may be that leads of ${label} do not come in any more.`,
    cure: `npm run sync -- ${id} ${flagsOf(tenant)} compares with what ${label} has; then look whether its forms and ads run.`,
  });
}

const hours = (time: number) =>
  time < 2 * HOUR ? `${Math.round(time / 60_000)} minutes` : `${Math.round(time / HOUR)} hours`;
