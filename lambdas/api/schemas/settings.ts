import * as z from 'zod';
import { Line, Time } from './answer.ts';
import { OwnerKey } from './lead.ts';
import { Role, Status } from './me.ts';

/** What is set up and what is not: the checklist of an empty tenant. */
export const Overview = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      callback_url: z.url().describe('What is entered at the vendor'),
      has_key: z.boolean().describe('Its signing key is filled in'),
      has_verify_token: z.boolean().nullable().describe('null where the source has none'),
    }),
  ),
  slack: z.object({ is_on: z.boolean(), is_set: z.boolean() }),
  email: z.object({ is_on: z.boolean(), addresses: z.int() }),
  pages: z.int(),
  portals: z.int(),
  users: z.int(),
  has_leads: z.boolean(),
});
export type Overview = z.infer<typeof Overview>;

/** What a test came to, in one sentence that says what to do where it failed. */
export const Tested = z.object({ ok: z.boolean(), says: z.string() });
export type Tested = z.infer<typeof Tested>;

export const PageId = z.string().regex(/^\d{1,32}$/);
/** A Meta page; its token is never read back. */
export const Page = z.object({
  id: PageId,
  name: z.string().nullable(),
  owner: z.string().nullable(),
  owner_email: z.string().nullable(),
  country: z.string().nullable(),
  token: z.enum(['set', 'missing', 'refused']),
  refused_since: Time.nullable(),
  waiting: z.int().describe('Leads that wait for a token, at most 100 are counted'),
});
export type Page = z.infer<typeof Page>;
/** A page as it is after a change, and what else a person should know. */
export const ChangedPage = Page.extend({
  says: z
    .string()
    .nullable()
    .describe('That a token could not be checked, that leads go on: null where all is as asked'),
});
/** Only what is named is changed; `null` empties. */
export const PageChange = z.strictObject({
  name: Line(200).nullable().optional(),
  owner: Line(200).nullable().optional(),
  owner_email: z.email().nullable().optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .optional(),
  token: z
    .string()
    .regex(/^[\x21-\x7e]{8,4000}$/)
    .optional(),
});

/** Entered, or made up where it is left out; told once, so that it can be entered at Meta. */
export const VerifyTokenChange = z.strictObject({
  value: z
    .string()
    .regex(/^[\x21-\x7e]{8,256}$/)
    .optional(),
});
export const VerifyToken = z.object({ value: z.string(), callback_url: z.url() });

export const SlackChange = z.strictObject({ url: z.string().min(1).max(500) });
export const SlackTarget = z.object({ is_set: z.boolean(), is_on: z.boolean() });

export const EmailChange = z.strictObject({ address: z.email().max(254) });
export const EmailTarget = z.object({
  address: z.string(),
  state: z.enum(['confirmed', 'pending']),
  is_fixed: z.boolean().describe('Stands in the settings of the stage, and is changed there'),
});

export const Statuses = z.strictObject({ statuses: z.array(Status).min(1).max(30), version: z.int().min(0) });
export type Statuses = z.infer<typeof Statuses>;

export const UserId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
/** Somebody of the tenant, with the names under which other systems know them. */
export const User = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  names: z.array(z.string()).describe('As CRMs write them'),
  close_user_id: z.string().nullable(),
  hubspot_owner_id: z.string().nullable(),
  slack_member_id: z.string().nullable(),
  version: z.int(),
});
export type User = z.infer<typeof User>;
export const UserChange = z.strictObject({
  version: z.int().min(0),
  names: z.array(Line(200)).max(20).optional(),
  close_user_id: z
    .string()
    .regex(/^user_[A-Za-z0-9]{1,60}$/)
    .nullable()
    .optional(),
  hubspot_owner_id: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullable()
    .optional(),
  slack_member_id: z
    .string()
    .regex(/^[UW][A-Z0-9]{5,20}$/)
    .nullable()
    .optional(),
});

/** An owner that leads name and nobody of the tenant is called. */
export const UnmatchedOwner = z.object({ key: OwnerKey, name: z.string(), leads: z.int() });
export const Match = z.strictObject({ user: UserId });
