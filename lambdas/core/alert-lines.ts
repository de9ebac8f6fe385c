import { categoryLabel } from './category.ts';
import { traceLink } from './dashboard-link.ts';
import { given } from './given.ts';
import type { EnrichedLead } from './lead.ts';
import { phoneLinks } from './phone.ts';
import { plain } from './plain.ts';
import type { SourceWords } from './source.ts';
import { ago, dayAndTime, span } from './when.ts';

/** A piece of a line. Whatever a lead says is text; links and mentions are ours alone. */
export type Part =
  | { text: string }
  | { link: string; text: string }
  | { mention: string; text: string }
  | { time: number; text: string };

/** What an alert needs beside the lead. Times are in milliseconds since 1970. */
export interface AlertContext {
  now: number;
  dueAt: number;
  /** Since when its vendor has a lead that no webhook brought; absent where one did. */
  lateSince?: number | undefined;
  timeZone: string;
  fallbackOwner: string;
  /** Slack member ids by owner. */
  slackIds: Record<string, string>;
  source: SourceWords;
  /** Where the dashboard is, without a trailing slash; absent where there is none. */
  dashboard?: string | undefined;
}

/** The lines between title and small print, each filled as far as it is known. */
export function linesOf(lead: EnrichedLead, context: AlertContext): Part[][] {
  return [
    ownerLine(lead, context),
    phoneLine(lead),
    labelled({ Email: lead.lead_email }),
    labelled({ Company: lead.company }),
    labelled({ Label: lead.status_label, Funnel: lead.funnel, Category: categoryLabel[lead.category] }),
    seenLine(lead, context),
    fromLine(lead, context),
    saidLine(lead),
    createdLine(lead, context),
    openLine(lead, context),
  ].filter((line) => line.length > 0);
}

/** Whether anybody owns the lead, rather than the one who stands in for nobody. */
export const isOwned = (lead: EnrichedLead, { fallbackOwner }: AlertContext) => lead.lead_owner !== fallbackOwner;

function ownerLine(lead: EnrichedLead, context: AlertContext): Part[] {
  const slackId = Object.hasOwn(context.slackIds, lead.lead_owner) ? context.slackIds[lead.lead_owner] : undefined;
  const owner = plain(lead.lead_owner, 80);
  const mention = slackId ? [{ mention: slackId, text: `@${owner.split(' ')[0]}` }] : [];
  if (isOwned(lead, context)) return [{ text: 'Owner: ' }, ...mention, { text: slackId ? ` (${owner})` : owner }];
  const waited = context.dueAt - Date.parse(lead.received_at);
  const after = waited > 0 ? ` after ${span(waited)}` : '';
  return [{ text: 'Owner: ' }, ...mention, { text: `${slackId ? ', ' : ''}nobody yet${after}, please take it` }];
}

function phoneLine({ phone }: EnrichedLead): Part[] {
  if (!phone) return [];
  const { shown, whatsApp } = phoneLinks(phone);
  const text = { text: `Phone: ${plain(shown)}` };
  return whatsApp ? [{ text: `${text.text} · ` }, { link: whatsApp, text: 'WhatsApp' }] : [text];
}

/** `Label: Potential · Funnel: Webinar`, of those that are given. */
function labelled(values: Record<string, string | null>): Part[] {
  const known = Object.entries(values).filter(([, value]) => value !== null && plain(value) !== '');
  return known.length === 0
    ? []
    : [{ text: known.map(([label, value]) => `${label}: ${plain(value ?? '')}`).join(' · ') }];
}

/** A lead that a person added is in no CRM. */
function openLine({ lead_id }: EnrichedLead, { source, dashboard }: AlertContext): Part[] {
  const inCrm = source.linkTo ? [{ link: source.linkTo(lead_id), text: `Open in ${source.label}` }] : [];
  const happened = dashboard === undefined ? [] : [{ link: traceLink(dashboard, lead_id), text: 'What happened' }];
  const between = inCrm.length > 0 && happened.length > 0 ? [{ text: ' · ' }] : [];
  return [...inCrm, ...between, ...happened];
}

/** `Seen before: 2 leads, last 12 May, owner Ana`. */
function seenLine({ seen_before }: EnrichedLead, { now, timeZone }: AlertContext): Part[] {
  if (!seen_before) return [];
  const { leads, last_at, last_owner } = seen_before;
  const owner = last_owner === null ? '' : `, owner ${plain(last_owner, 80)}`;
  const last = dayAndTime(Date.parse(last_at), now, timeZone);
  return [{ text: `Seen before: ${leads === 1 ? '1 lead' : `${leads} leads`}, last ${last}${owner}` }];
}

function fromLine({ attribution }: EnrichedLead, { source }: AlertContext): Part[] {
  const code = given(attribution?.['platform']);
  const platforms = source.platforms ?? {};
  const platform = code && Object.hasOwn(platforms, code) ? platforms[code] : code;
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
    [question ? `${plain(question.replaceAll('_', ' '), 40)} ` : '', `"${plain(answer, 80)}"`].join(''),
  );
  const more = telling.length - first.length;
  return [{ text: `Said: ${[...said, ...(more > 0 ? [`${more} more`] : [])].join(' · ')}` }];
}

function createdLine({ date_created }: EnrichedLead, { now, timeZone }: AlertContext): Part[] {
  if (!date_created) return [];
  const time = Date.parse(date_created);
  return [{ text: 'Created: ' }, { time, text: dayAndTime(time, now, timeZone) }, { text: ` (${ago(time, now)})` }];
}
