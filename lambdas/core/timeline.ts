import { isFirst, type LeadEvent, type LeadHistory, type Receipt } from './history.ts';
import type { Lead, LeadAction } from './lead.ts';
import { crmOwnerOf } from './owner-of.ts';
import { lossWords } from './rescue.ts';
import type { FollowUpStatus } from './statuses.ts';

interface Entry {
  at: string;
  kind:
    | 'received'
    | 'captured'
    | 'due'
    | 'looked_up'
    | 'enriched'
    | 'told'
    | 'refused'
    | 'silent'
    | 'rescued'
    | 'event'
    | 'changed'
    | 'touched'
    | 'added';
  text: string;
  by: string | null;
}

interface Words {
  now: string;
  label: string;
  fallbackOwner: string;
  statuses: FollowUpStatus[];
}

const channelNames: Record<string, string> = { slack: 'Slack', email: 'e-mail' };
/** A channel by the id of its record, which says after `#` for which job it was told again. */
export const channelName = (id: string): string => {
  const [name = id] = id.split('#');
  return channelNames[name] ?? name;
};

/** Everything that happened to a lead, the oldest first, in the words of people who sell. */
export function timelineOf(history: LeadHistory, words: Words): Entry[] {
  const entries = [
    ...stepsOf(history, words),
    ...history.channels.flatMap(toldOn),
    ...history.events.flatMap((event) => eventOf(event, history.lead, words)),
    ...history.actions.map((action) => actionOf(action, words)),
  ];
  return entries.filter(({ at }) => at <= words.now).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const entry = (at: string | undefined, kind: Entry['kind'], text: string): Entry[] =>
  at === undefined ? [] : [{ at, kind, text, by: null }];

/** What we did by ourselves. */
function stepsOf({ lead, events }: LeadHistory, { label, fallbackOwner }: Words): Entry[] {
  const owner = crmOwnerOf(lead, fallbackOwner);
  const waited = lead.dueAt > lead.receivedAt;
  const times = events.find((event) => isFirst(event, lead))?.times ?? 1;
  return [
    ...(lead.isManual ? [] : entry(lead.receivedAt, 'received', receptionOf(lead, label, times))),
    ...(lead.isManual ? [] : entry(lead.capturedAt, 'captured', 'It was read and kept')),
    ...(waited && lead.queuedAt ? entry(lead.dueAt, 'due', 'The wait for its owner was over') : []),
    ...entry(lead.lookedUpAt, 'looked_up', owner === null ? 'Nobody owned it yet' : `Its owner is ${owner}`),
    ...entry(lead.enrichedAt, 'enriched', 'It was passed on with its owner'),
    ...entry(lead.silentAt, 'silent', whySilent(lead)),
    ...(lead.rescues ?? []).flatMap(({ at, what }) =>
      entry(at, 'rescued', `It had got lost ${lossWords[what]}; it was found and started again`),
    ),
  ];
}

function receptionOf({ lateSince }: Lead, label: string, times: number): string {
  const how = lateSince === undefined ? `${label} sent it` : `No webhook of ${label} brought it, and it was fetched`;
  return `${how}${repeated(times)}`;
}

function whySilent({ isManual, isQuiet, silentBy }: Lead): string {
  if (silentBy !== undefined) return 'Brought back from what was stored, without an alert';
  if (isManual) return 'Added without an alert';
  return isQuiet ? 'Fetched without an alert' : 'Nobody wants alerts of such leads';
}

function toldOn({ channel, state, settledAt }: Receipt): Entry[] {
  const name = channelName(channel);
  const again = channel.includes('#') ? 'again ' : '';
  if (state === 'told') return entry(settledAt, 'told', `Told ${again}by ${name}`);
  if (state === 'refused') return entry(settledAt, 'refused', `${name} did not take the alert, and will not`);
  return state === 'waiting' ? entry(settledAt, 'refused', `${name} did not take the alert; it is tried again`) : [];
}

const repeated = (times: number) => (times > 1 ? `, received ${times} times` : '');

const effects: Record<string, string> = {
  created: 'says again that it is new',
  updated: 'changed it',
  deleted: 'deleted it',
  merged: 'merged it with another one',
  restored: 'restored it',
};

/** What the vendor said after the first word. */
function eventOf(event: LeadEvent, lead: LeadHistory['lead'], { label }: Words): Entry[] {
  if (isFirst(event, lead)) return [];
  const what = effects[event.effect ?? ''] ?? `said ${event.type}`;
  const ending = event.outcome === 'broken' ? ', which could not be read' : '';
  return entry(event.at, 'event', `${label} ${what}${ending}${repeated(event.times)}`);
}

const touches: Record<string, string> = { called: 'called', whatsapp: 'wrote by WhatsApp', mail: 'wrote an e-mail' };

function actionOf({ at, by, kind, changes }: LeadAction, words: Words): Entry {
  const text =
    kind === 'added'
      ? 'added this lead'
      : kind === 'touched'
        ? (touches[changes[0]?.to ?? ''] ?? 'got in touch')
        : changes.map((change) => changeOf(change, words)).join(', ');
  return { at, kind, text: kind === 'changed' ? `${by.name}: ${text}` : `${by.name} ${text}`, by: by.name };
}

/** `status New → Contacted`; of notes only that they changed. */
function changeOf({ what, from, to }: LeadAction['changes'][number], { statuses }: Words): string {
  if (what === 'notes') return to === null ? 'notes removed' : 'notes changed';
  const labelOf = (value: string | null | undefined) =>
    value == null ? 'none' : what === 'status' ? (statuses.find(({ key }) => key === value)?.label ?? value) : value;
  return `${whats[what] ?? what} ${labelOf(from)} → ${what === 'owner' && to == null ? 'as the CRM says' : labelOf(to)}`;
}

const whats: Record<string, string> = { status: 'status', next_call: 'next call', owner: 'owner' };
