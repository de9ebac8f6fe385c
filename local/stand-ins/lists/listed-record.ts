import type { Vendor } from '../vendors.ts';

/** What a vendor's lists must know of a record. Times are milliseconds since 1970. */
export interface ListedRecord {
  id: string;
  /** The page, portal or tenant that it names; empty where it names none. */
  owner: string;
  /** Of a lead of Meta. */
  form: string;
  /** Where it says so. */
  made: number | undefined;
  changed: number | undefined;
}

type Content = Record<string, unknown>;

/** Where each vendor's records are, up to their ids. */
export const places: Record<Vendor, string> = { close: 'lead/', graph: '', hubspot: 'crm/v3/objects/contacts/' };

/** The id of the record at this path. */
export function idAt(vendor: Vendor, path: string): string | undefined {
  const trimmed = path.replace(/\/$/, '');
  const id = trimmed.startsWith(places[vendor]) ? trimmed.slice(places[vendor].length) : '';
  return /^[\w-]{1,128}$/.test(id) ? id : undefined;
}

/** A lead or contact that was set; nothing where something else was. */
export function listedRecord(vendor: Vendor, path: string, content: unknown): ListedRecord | undefined {
  const id = idAt(vendor, path);
  if (id === undefined || typeof content !== 'object' || content === null) return undefined;
  return reads[vendor](id, content as Content);
}

const reads: Record<Vendor, (id: string, content: Content) => ListedRecord | undefined> = {
  close(id, { date_created, organization_id }) {
    const [, owner = ''] = /^orga_(.+)$/.exec(textOf(organization_id)) ?? [];
    return { id, owner, form: '', made: timeOf(date_created), changed: timeOf(date_created) };
  },
  graph(id, { created_time, form_id, page_id }) {
    const [made, form] = [timeOf(created_time), textOf(form_id)];
    return made === undefined || form === '' ? undefined : { id, owner: textOf(page_id), form, made, changed: made };
  },
  hubspot(id, { properties, createdAt, updatedAt, portalId }) {
    if (!/^\d{1,18}$/.test(id)) return undefined;
    const { createdate, lastmodifieddate } = (properties ?? {}) as Content;
    const made = timeOf(createdate) ?? timeOf(createdAt);
    return {
      id,
      owner: textOf(portalId),
      form: '',
      made,
      changed: timeOf(lastmodifieddate) ?? timeOf(updatedAt) ?? made,
    };
  },
};

/** Ids come as texts and as numbers, of which those beyond 2^53 are kept as they were written. */
function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'rawJSON' in value) return String(value.rawJSON);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A time as vendors write it: one without a zone is UTC; or milliseconds as a text. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\d{12,13}$/.test(value)) return Number(value);
  const time = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(value) || !value.includes('T') ? value : `${value}Z`);
  return Number.isNaN(time) ? undefined : time;
}
