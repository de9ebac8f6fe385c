import { type AlertContext, isOwned, linesOf, type Part } from './alert-lines.ts';
import { categoryLabel } from './category.ts';
import type { EnrichedLead } from './lead.ts';
import { ascii, plain } from './plain.ts';
import { span } from './when.ts';

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

/** An alert this long after it was due says so. */
const LATE = 30 * 60_000;
const MINUTE = 60_000;
const SUBJECT_LENGTH = 99;

/** Writes the alert of a lead: every line filled as far as it is known, and gone where it would be empty. */
export function alertOf(lead: EnrichedLead, context: AlertContext): Alert {
  const name = nameOf(lead);
  const marked = [...marksOf(lead, context), name].join(' · ');
  return {
    title: `New Lead Alert: ${marked}`,
    lines: linesOf(lead, context),
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

function marksOf(lead: EnrichedLead, { now, dueAt, lateSince }: AlertContext): string[] {
  return [
    lead.is_test ? 'TEST' : '',
    lateSince !== undefined || now - dueAt >= LATE ? `LATE ${span(Math.max(MINUTE, now - (lateSince ?? dueAt)))}` : '',
    lead.category === 'subscribed' ? categoryLabel.subscribed : '',
  ].filter(Boolean);
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
