import type * as z from 'zod';
import type * as schemas from '../../../lambdas/api/schemas/settings.ts';

/** What the settings of the API give and take. */
export type EmailTarget = z.infer<typeof schemas.EmailTarget>;
export type PageChange = z.infer<typeof schemas.PageChange>;
export type SlackTarget = z.infer<typeof schemas.SlackTarget>;
export type Statuses = z.infer<typeof schemas.Statuses>;
export type UnmatchedOwner = z.infer<typeof schemas.UnmatchedOwner>;
export type UserChange = z.infer<typeof schemas.UserChange>;
export type VerifyToken = z.infer<typeof schemas.VerifyToken>;
