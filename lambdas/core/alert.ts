import { categoryLabel } from './category.ts';
import { given } from './given.ts';
import type { EnrichedLead } from './lead.ts';
import { phoneLinks } from './phone.ts';
import { ascii, plain } from './plain.ts';
import { ago, dayAndTime, span } from './when.ts';

/** A piece of a line. Whatever a lead says is text; links and mentions are ours alone. */
export type Part =
  | { text: string }
  | { link: string; text: string }
  | { mention: string; text: string }
  | { time: number; text: string };

/** What people are told, before a channel gives it its own form. */
export interface Alert {
  title: string;
  lines: Part[][];
  /** The last line, in small print. */
  small: string;
  /** One line for a lock screen. */
  short: string;
  /** One line for an e-mail: ASCII, under 100 characters, no line breaks. */
  subject: string;
}

/** What an alert needs beside the lead. Times are in milliseconds since 1970. */
export interface AlertContext {
  now: number;
  dueAt: number;
  timeZone: string;
  fallbackOwner: string;
  /** Slack member ids by owner. */
  slackIds: Record<string, string>;
  source: { label: string; linkTo: (leadId: string) => string };
}

/** An alert this long after it was due says so. */
const LATE = 30 * 60_000;
const SUBJECT_LENGTH = 99;

/** Writes the alert of a lead: every line filled as far as it is known, and gone where it would be empty. */
export function alertOf(lead: EnrichedLead, context: AlertContext): Alert {
  const name = nameOf(lead);
  const marked = [...marksOf(lead, context), name].join(' · ');
  return {
    title: `New Lead Alert: ${marked}`,
    lines: [
      ownerLine(lead, context),
      phoneLine(lead),
      labelled({ Email: lead.lead_email }),
      labelled({ Company: lead.company }),
      labelled({ Label: lead.status_label, Funnel: lead.funnel, Category: categoryLabel[lead.category] }),
      fromLine(lead, context),
      saidLine(lead),
      createdLine(lead, context),
      [{ link: context.source.linkTo(lead.lead_id), text: `Open in ${context.source.label}` }],
    ].filter((line) => line.length > 0),
    small: [notGiven(lead), `Lead ID ${lead.lead_id}`].filter(Boolean).join(' · '),
    short: sentence(lead, name, context),
    subject: subjectOf(lead, name, context),
  };
}

function nameOf(lead: EnrichedLead): string {
  return (
    plain(lead.display_name ?? '', 80) ||
    plain(lead.lead_email ?? '', 80) ||
    plain(lead.phone ?? '', 80) ||
    'Name not given'
  );
}

/** `New lead: Zoë Müller (Potential) for Grace Hopper`, of those parts that `spell` leaves something of. */
function sentence(lead: EnrichedLead, name: string, context: AlertContext, spell = (text: string) => text): string {
  const label = spell(plain(lead.status_label ?? '', 40));
  const owner = spell(isOwned(lead, context) ? plain(lead.lead_owner, 80) : 'nobody yet');
  const who = [...marksOf(lead, context), name].map(spell).join(' · ');
  return `New lead: ${who}${label && ` (${label})`}${owner && ` for ${owner}`}`;
}

function marksOf(lead: EnrichedLead, { now, dueAt }: AlertContext): string[] {
  return [
    lead.is_test ? 'TEST' : '',
    now - dueAt >= LATE ? `LATE ${span(now - dueAt)}` : '',
    lead.category === 'subscribed' ? categoryLabel.subscribed : '',
  ].filter(Boolean);
}

const isOwned = (lead: EnrichedLead, { fallbackOwner }: AlertContext) => lead.lead_owner !== fallbackOwner;

function ownerLine(lead: EnrichedLead, context: AlertContext): Part[] {
  const slackId = Object.hasOwn(context.slackIds, lead.lead_owner) ? context.slackIds[lead.lead_owner] : undefined;
  const owner = plain(lead.lead_owner, 80);
  const mention = slackId ? [{ mention: slackId, text: `@${owner.split(' ')[0]}` }] : [];
  if (isOwned(lead, context)) return [{ text: 'Owner: ' }, ...mention, { text: slackId ? ` (${owner})` : owner }];
  const waited = span(context.dueAt - Date.parse(lead.received_at));
  return [
    { text: 'Owner: ' },
    ...mention,
    { text: `${slackId ? ', ' : ''}nobody yet after ${waited}, please take it` },
  ];
}

function phoneLine({ phone }: EnrichedLead): Part[] {
  if (!phone) return [];
  const { shown, whatsApp } = phoneLinks(phone);
  const text = { text: `Phone: ${plain(shown)}` };
  return whatsApp ? [{ text: `${text.text} · ` }, { link: whatsApp, text: 'WhatsApp' }] : [text];
}

/** `Label: Potential · Funnel: Webinar`, of those that are given. */
function labelled(values: Record<string, string | null>): Part[] {
  const given = Object.entries(values).filter(([, value]) => value !== null && plain(value) !== '');
  return given.length === 0
    ? []
    : [{ text: given.map(([label, value]) => `${label}: ${plain(value ?? '')}`).join(' · ') }];
}

function fromLine({ attribution }: EnrichedLead, { source }: AlertContext): Part[] {
  const platform = given(attribution?.['platform']);
  const from = platform ? `${source.label} (${plain(platform, 40)})` : source.label;
  const through = [attribution?.['form'], attribution?.['campaign']].map(given).filter((text) => text !== null);
  return [{ text: [`From: ${from}`, ...through.map((text) => plain(text, 80))].join(' · ') }];
}

/** The answers people named come first; a row of underscores says nothing. */
function saidLine({ answers }: EnrichedLead): Part[] {
  const telling = answers.filter(({ answer }) => /[\p{L}\p{N}]/u.test(answer));
  const first = [...telling].sort((a, b) => Number(a.question === null) - Number(b.question === null)).slice(0, 3);
  if (first.length === 0) return [];
  const said = first.map(({ question, answer }) =>
    [question ? `${plain(question, 40)} ` : '', `"${plain(answer, 80)}"`].join(''),
  );
  const more = telling.length - first.length;
  return [{ text: `Said: ${[...said, ...(more > 0 ? [`${more} more`] : [])].join(' · ')}` }];
}

function createdLine({ date_created }: EnrichedLead, { now, timeZone }: AlertContext): Part[] {
  if (!date_created) return [];
  const time = Date.parse(date_created);
  return [{ text: 'Created: ' }, { time, text: dayAndTime(time, now, timeZone) }, { text: ` (${ago(time, now)})` }];
}

function notGiven(lead: EnrichedLead): string {
  const missing = [lead.phone ? '' : 'phone', lead.lead_email ? '' : 'email', lead.company ? '' : 'company'].filter(
    Boolean,
  );
  return missing.length === 0 ? '' : `Not given: ${missing.join(', ')}`;
}

/** A name without Latin letters leaves nothing in ASCII; the address, the number or the id then says who it is. */
function subjectOf(lead: EnrichedLead, name: string, context: AlertContext): string {
  const names = [name, lead.lead_email, lead.phone, lead.lead_id];
  const readable = names.find((text) => /[a-z0-9]/i.test(ascii(text ?? ''))) ?? lead.lead_id;
  const text = ascii(sentence(lead, plain(readable, 80), context, ascii));
  return text.length <= SUBJECT_LENGTH ? text : `${text.slice(0, SUBJECT_LENGTH - 3)}...`;
}
