import { SEE_TO_IT } from '../command.ts';
import type { Stage } from '../stage.ts';
import type { LeadId } from '../who.ts';
import { leadJson, leadText, listJson, listText } from './show.ts';
import { lookElsewhere } from './look-elsewhere.ts';
import { readTrace } from './read-trace.ts';
import type { TracePorts } from './trace-ports.ts';

/** What the command says of somebody, for people and for programs, and how it ends. */
export interface Said {
  text: string;
  json: object;
  exitCode: number;
}

type Place = Pick<Stage, 'tenant' | 'tenants'>;

/** The whole way of the lead that is meant; which leads there are where it may be several; where nothing was found where it is none. */
export async function traceOfWho(stage: Place, who: string, ports: TracePorts): Promise<Said> {
  const leads = await ports.leadsOf(who);
  const [first, ...others] = leads;
  const isById = first?.lead_id === who.trim();
  if (first && (isById || others.length === 0)) return traceOfOne(stage, first, others, ports);
  return first ? listOf(stage, leads, ports) : lookElsewhere(stage, who.trim(), ports);
}

async function traceOfOne(stage: Place, lead: LeadId, others: LeadId[], ports: TracePorts): Promise<Said> {
  const way = await readTrace(stage.tenant, lead, ports);
  const exitCode = way.standing.state === 'stuck' ? SEE_TO_IT : 0;
  return { text: leadText(way, others), json: leadJson(way, others), exitCode };
}

async function listOf(stage: Place, leads: LeadId[], ports: TracePorts): Promise<Said> {
  const ways = await Promise.all(leads.map((lead) => readTrace(stage.tenant, lead, ports)));
  ways.sort((a, b) => ((a.receivedAt ?? '') < (b.receivedAt ?? '') ? 1 : -1));
  const isStuck = ways.some(({ standing }) => standing.state === 'stuck');
  return { text: listText(ways), json: listJson(ways), exitCode: isStuck ? SEE_TO_IT : 0 };
}
