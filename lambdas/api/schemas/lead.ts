import * as z from 'zod';
import { categories } from '../../core/category.ts';
import { Day, Line, pageOf, Time } from './answer.ts';

/** The key of an owner: owners’ names never stand in an address. */
export const OwnerKey = z.string().regex(/^[0-9a-f]{16}$/);
/** The key of a follow-up status: `new`, `lost`. */
export const StatusKey = z.string().regex(/^[a-z][a-z0-9_]{0,29}$/);
export const LeadId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
export const Cursor = z.string().regex(/^[A-Za-z0-9_-]{1,600}$/);

/** A lead as a list shows it. What is not known is `null`. */
export const LeadRow = z.object({
  id: LeadId,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable().describe('As people read it'),
  company: z.string().nullable(),
  created_at: Time.describe('When the person sent the form, as the vendor says; else when it came in'),
  received_at: Time,
  status: StatusKey.describe('Our follow-up status, one of the tenant’s'),
  is_manual: z.boolean(),
  is_test: z.boolean(),
  is_deleted: z.boolean().describe('The vendor has it no more'),
  category: z.enum(categories),
  source: z.string().describe('close, meta, hubspot or manual'),
  source_label: z.string(),
  page: z.string().nullable().describe('Name of the page or portal that brought it'),
  form: z.string().nullable(),
  ad: z.string().nullable(),
  campaign: z.string().nullable(),
  list: z.string().nullable(),
  owner: z
    .string()
    .nullable()
    .describe('Whom our people gave it to, else whom the CRM says; null where nobody owns it'),
  owner_key: OwnerKey.nullable(),
  is_mine: z.boolean(),
  next_call: Day.nullable(),
  first_touch_at: Time.nullable(),
  told_at: Time.nullable(),
  updated_at: Time,
  version: z.int().describe('Counts the changes that people made; a change names the one it is based on'),
  links: z
    .object({ phone: z.string().nullable(), whatsapp: z.string().nullable(), email: z.string().nullable() })
    .describe('tel:, https://wa.me/ and mailto: where the number or address is valid'),
});
export type LeadRow = z.infer<typeof LeadRow>;

/** Which leads a list shows; without `test` no test leads. */
export const LeadFilter = z.strictObject({
  list: z.string().min(1).max(100).optional(),
  source: z.enum(['close', 'meta', 'hubspot', 'manual']).optional(),
  category: z.enum(categories).optional(),
  status: StatusKey.optional(),
  owner: OwnerKey.optional(),
  mine: z.literal('true').optional(),
  unowned: z.literal('true').optional(),
  untouched: z.literal('true').optional(),
  due: Day.optional().describe('To be called on this day or before'),
  test: z.literal('true').optional().describe('Test leads alone'),
  from: Day.optional().describe('Received on this day of the tenant’s calendar or later'),
  to: Day.optional().describe('Received on this day or before'),
});
export type LeadFilter = z.infer<typeof LeadFilter>;

export const PAGE_SIZE = { usual: 50, most: 200 };
const Limit = z.coerce.number().int().min(1).max(PAGE_SIZE.most).default(PAGE_SIZE.usual);

/** The query of `GET /api/leads`: a page, or with `since` what changed. */
export const LeadQuery = LeadFilter.extend({
  limit: Limit,
  cursor: Cursor.optional(),
  since: Cursor.optional().describe('Only what changed since then; filters do not apply'),
});

/** A page of leads, newest first; a page may be shorter than asked for and not be the last. */
export const LeadPage = pageOf(LeadRow).extend({
  since: z.string().describe('Ask with this for what changed from now on'),
  more: z.boolean().describe('More than this page changed: ask again at once'),
  reached: Time.nullable().describe('How far back was looked, where filters left leads out'),
});
export type LeadPage = z.infer<typeof LeadPage>;

/** Searches are posted: what is looked for is personal and must not stand in an address. */
export const LeadSearch = z.strictObject({
  q: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .describe('Beginning of a name or of a word of it, of an e-mail address; a phone number; an id'),
  limit: z.int().min(1).max(50).default(20),
});

/** Something that happened to a lead. */
export const TimelineEntry = z.object({
  at: Time,
  kind: z.enum([
    'received',
    'captured',
    'due',
    'looked_up',
    'enriched',
    'told',
    'refused',
    'silent',
    'rescued',
    'event',
    'changed',
    'touched',
    'added',
  ]),
  text: z.string().describe('What people read'),
  by: z.string().nullable().describe('Who did it, where a person did'),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** A lead with everything that is known of it. */
export const LeadDetail = LeadRow.extend({
  notes: z.string().nullable(),
  answers: z.array(z.object({ question: z.string().nullable(), answer: z.string() })),
  known: z.array(z.object({ label: z.string(), value: z.string() })).describe('Everything else that the source said'),
  crm: z.object({
    label: z.string().describe('Close, HubSpot …'),
    link: z.string().nullable().describe('Where it is opened there'),
    status: z.string().nullable(),
    owner: z.string().nullable(),
  }),
  same_person: z.array(
    z.object({
      id: LeadId,
      name: z.string().nullable(),
      received_at: Time,
      source_label: z.string(),
      owner: z.string().nullable(),
      status: StatusKey,
    }),
  ),
  receipts: z.array(
    z.object({ channel: z.string(), state: z.enum(['told', 'waiting', 'refused', 'digest']), at: Time.nullable() }),
  ),
  timeline: z.array(TimelineEntry),
});
export type LeadDetail = z.infer<typeof LeadDetail>;

const Notes = z.string().trim().max(5000);

/** A change by a person; only what is named is changed. `null` empties. */
export const LeadChange = z
  .strictObject({
    version: z.int().min(0),
    status: StatusKey.optional(),
    next_call: Day.nullable().optional(),
    notes: Notes.nullable().optional(),
    owner: Line(200).nullable().optional().describe('Managers and admins only; null returns it to whom the CRM says'),
  })
  .refine((change) => Object.keys(change).length > 1, 'must name a change');
export type LeadChange = z.infer<typeof LeadChange>;

/** One click that counts as the first touch. */
export const Touch = z.strictObject({ kind: z.enum(['called', 'whatsapp', 'mail']) });

/** A lead added by hand. The key makes a second click on "Add" the same lead. */
export const NewLead = z
  .strictObject({
    key: z.uuid(),
    name: Line(200).optional(),
    email: z.email().max(254).optional(),
    phone: Line(50).optional(),
    company: Line(200).optional(),
    notes: Notes.optional(),
    alert: z.boolean().default(false).describe('Tell the team as of any new lead, without the wait'),
  })
  .refine(
    ({ name, email, phone }) => Boolean(name ?? email ?? phone),
    'must have a name, an e-mail address or a phone number',
  );
export type NewLead = z.infer<typeof NewLead>;

/** A list of the tenant, a tab above its leads. */
export const List = z.object({ name: z.string(), description: z.string() });
/** Somebody who may own leads. */
export const Owner = z.object({ key: OwnerKey, name: z.string(), is_me: z.boolean(), is_user: z.boolean() });
