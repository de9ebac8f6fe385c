import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '../../lambdas/core/finding.ts';
import type { SentLead } from '../../lambdas/core/report.ts';
import { type ExaminePorts, forget } from '../../lambdas/doctor/examine.ts';
import { judgeLead, stageOf } from '../../lambdas/doctor/judge-lead.ts';

/** Milliseconds between two looks at a lead. */
const LOOK_EVERY = 500;
/** Milliseconds that each part of the way may take while somebody watches. */
const PATIENCE = 60_000;

export interface FollowPorts extends Pick<ExaminePorts, 'leadNow' | 'erase' | 'now' | 'sources' | 'flagsOf'> {
  /** Tells the person at the terminal how far it is. */
  say: (line: string) => void;
}

/** Watches made-up leads until each came through, or is given up; of those that did nothing is left. */
export async function followLeads(sent: SentLead[], ports: FollowPorts): Promise<Finding[]> {
  if (sent.length > 0) ports.say(`${sent.length} made-up leads are on their way; they are told to nobody.`);
  return Promise.all(sent.map((lead) => followOne(lead, ports)));
}

async function followOne(lead: SentLead, ports: FollowPorts): Promise<Finding> {
  const label = ports.sources.find(({ id }) => id === lead.source)?.label ?? lead.source;
  const flags = ports.flagsOf(lead.tenant);
  let seen = '';
  for (;;) {
    const came = await ports.leadNow(lead);
    const now = ports.now();
    const stage = stageOf(came);
    if (stage !== seen) ports.say(`  ${lead.tenant}, ${label}: ${words[stage](Date.parse(came?.dueAt ?? '') - now)}`);
    seen = stage;
    const finding = judgeLead(lead, came, { label, now, patience: PATIENCE, flags });
    if (stage === 'through') await forget(lead, ports);
    if (finding) return finding;
    await sleep(LOOK_EVERY);
  }
}

const words: Record<ReturnType<typeof stageOf>, (left: number) => string> = {
  stored: () => 'answered with 200',
  captured: () => 'captured',
  waits: (left) => `waits for ${Math.max(0, Math.ceil(left / 1000))} s`,
  enriched: () => 'looked up and enriched',
  through: () => 'came through',
};
