import { type Finding, fine, unknown, wrong } from '../core/finding.ts';
import type { Lead } from '../core/lead.ts';
import type { SentLead } from '../core/report.ts';

/** What is known of a made-up lead; `undefined` where it is not in the table. */
export type Came = Pick<Lead, 'receivedAt' | 'dueAt' | 'queuedAt' | 'enrichedAt' | 'silentAt'> | undefined;

/** Milliseconds that each part of the way may take, beside the wait. */
const PATIENCE = 10 * 60_000;

/** How far a made-up lead has come, in a word. */
export function stageOf(came: Came): 'stored' | 'captured' | 'waits' | 'enriched' | 'through' {
  if (!came) return 'stored';
  if (came.silentAt !== undefined) return 'through';
  if (came.enrichedAt !== undefined) return 'enriched';
  return came.queuedAt === undefined ? 'captured' : 'waits';
}

interface Judged {
  label: string;
  now: number;
  /** Milliseconds that each part of the way may take; ten minutes unless given. */
  patience?: number;
  flags: string;
}

/** Whether a made-up lead came through: `undefined` where it may still do. */
export function judgeLead(
  { tenant, source, lead_id, sentAt }: SentLead,
  came: Came,
  judged: Judged,
): Finding | undefined {
  const { label, now, patience = PATIENCE, flags } = judged;
  const of = { tenant, source };
  const stage = stageOf(came);
  if (stage === 'through') {
    const all = seconds(Date.parse(came?.silentAt ?? '') - sentAt);
    const wait = seconds(Date.parse(came?.dueAt ?? '') - Date.parse(came?.receivedAt ?? ''));
    return fine(
      'lead',
      of,
      `A lead of ${label} that was made up came through in ${all} s, ${wait} s of them its wait.`,
    );
  }
  const dueAt = stage === 'waits' || stage === 'enriched' ? Date.parse(came?.dueAt ?? '') : sentAt;
  if (now <= Math.max(sentAt, dueAt) + patience) return undefined;
  const entry = stage === 'stored' || stage === 'captured' ? 'stored-and-not-captured' : 'due-and-not-told';
  return wrong('lead', of, {
    cause: `${words[stage]}: ${lead_id}, made up ${seconds(now - sentAt)} s ago.`,
    consequence: `Leads of ${label} come in and are not told.`,
    cure: `npm run trace -- ${lead_id} ${flags} shows how far it came; docs/runbook.md#${entry} says what to do.`,
  });
}

/** What the first examination of a stage says of the lead that it sent. */
export const onItsWay = ({ tenant, source }: SentLead, label: string): Finding =>
  unknown(
    'lead',
    { tenant, source },
    {
      cause: `A lead of ${label} that was made up is on its way.`,
      consequence: 'Whether leads come through is known at the next examination.',
      cure: 'Wait for it, at most an hour.',
    },
  );

const words: Record<Exclude<ReturnType<typeof stageOf>, 'through'>, string> = {
  stored: 'A lead was answered with 200 and not captured',
  captured: 'A lead was captured and not queued',
  waits: 'A lead is due and was not looked up',
  enriched: 'A lead was enriched and is not done',
};

const seconds = (time: number) => Math.max(0, Math.round(time / 1000));
