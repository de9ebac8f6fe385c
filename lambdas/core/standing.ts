import { isFinal } from './event.ts';
import type { LeadEvent, LeadRecords, Receipt } from './history.ts';
import type { Lead } from './lead.ts';
import { channelName } from './timeline.ts';
import { span } from './when.ts';

/** Where a lead is: at its end, on its way, or where it does not get on by itself. */
export interface Standing {
  state: 'done' | 'waits' | 'stuck';
  says: string;
  /** Since when; `null` where that is not known. */
  since: string | null;
}

/** What takes longer than this does not come by itself any more: milliseconds. */
const PATIENCE = 2 * 60_000;
/** For so long channels are tried again. */
const TRIED_FOR = 24 * 60 * 60_000;

/** Where a lead stands, in words that say what it waits for. */
export function standingOf({ lead, channels, events }: LeadRecords, { now }: { now: string }): Standing {
  if (!lead) return beforeLead(events);
  const { toldAt, silentAt, gaveUp, queuedAt, dueAt } = lead;
  if (toldAt) return { state: 'done', says: toldWords(channels), since: toldAt };
  if (silentAt) return { state: 'done', says: 'Nobody is told of it.', since: silentAt };
  if (gaveUp)
    return stuck(`Nobody could be told: ${gaveUp.reason}. It is among the dead letters of the owner queue.`, gaveUp.at);
  if (!queuedAt) return unqueued(lead, now);
  const left = Date.parse(dueAt) - Date.parse(now);
  if (left > 0) return waits(`It waits for its owner, and is told in ${span(left)}.`, queuedAt);
  return lead.enrichedAt ? untold(channels, lead, -left) : unenriched(lead, -left);
}

const waits = (says: string, since: string | null): Standing => ({ state: 'waits', says, since });
const stuck = (says: string, since: string | null): Standing => ({ state: 'stuck', says, since });

function toldWords(channels: Receipt[]): string {
  const refused = channels.filter(({ state }) => state === 'refused').map(({ channel }) => channelName(channel));
  return refused.length > 0
    ? `People were told, but not by ${refused.join(' and ')}, which refused.`
    : 'People were told.';
}

/** Nothing of it is a lead yet, or ever will be. */
function beforeLead(events: LeadEvent[]): Standing {
  const held = events.find(({ outcome }) => !isFinal(outcome));
  if (held) return stuck(`It waits to be read: ${held.reason ?? held.outcome}.`, held.heldAt ?? held.at);
  const broken = events.find(({ outcome }) => outcome === 'broken');
  if (broken) return stuck(`It can’t be understood: ${broken.reason ?? 'why was not noted'}.`, broken.at);
  return { state: 'done', says: 'It never came in as a new lead.', since: null };
}

function unqueued({ capturedAt, receivedAt }: Lead, now: string): Standing {
  const since = capturedAt ?? receivedAt;
  return Date.parse(now) - Date.parse(since) > PATIENCE
    ? stuck(
        'It is kept, and its wait never began: the capture queue is behind, or it is among its dead letters.',
        since,
      )
    : waits('It is kept, and about to be put into its wait.', since);
}

function unenriched({ lookups = [], dueAt }: Lead, overdue: number): Standing {
  const asked = lookups.find(({ said }) => said === 'later');
  if (asked)
    return (overdue > TRIED_FOR ? stuck : waits)(
      `Its owner can’t be looked up: ${asked.reason ?? asked.directory}.`,
      dueAt,
    );
  return overdue > PATIENCE
    ? stuck(
        'It is due, and nobody has looked for its owner: the owner queue is behind, or it is among its dead letters.',
        dueAt,
      )
    : waits('It is due, and about to be told.', dueAt);
}

function untold(channels: Receipt[], { dueAt }: Lead, overdue: number): Standing {
  const open = channels.filter(({ state }) => state !== 'told' && state !== 'refused');
  const why = open.map(
    ({ channel, state, reason }) =>
      `${channelName(channel)}: ${state === 'digest' ? 'a digest' : (reason ?? 'being told')}`,
  );
  if (open.length > 0 && overdue <= TRIED_FOR) return waits(`It waits for ${why.join(', ')}.`, dueAt);
  if (overdue <= PATIENCE) return waits('It is due, and about to be told.', dueAt);
  return stuck('It is due and not told: the owner queue is behind, or it is among its dead letters.', dueAt);
}
