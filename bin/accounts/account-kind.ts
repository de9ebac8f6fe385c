import type { AccountWords } from '../../lambdas/core/source.ts';
import type { SourceId } from '../arguments.ts';
import type { Stage } from '../stage.ts';

/** An option that says something of a page or portal. */
export type Detail = 'owner' | 'owner-email' | 'name' | 'country';

/** That which brings leads at one vendor, and how its command speaks of it. */
export interface AccountKind extends Pick<AccountWords, 'noun' | 'command'> {
  source: SourceId;
  /** What people call the vendor. */
  vendor: string;
  /** What the command looks after, as a sentence. */
  about: string;
  /** What its id looks like, and where the vendor shows it. */
  idIs: string;
  /** The options that it takes, each with what it is. */
  details: Partial<Record<Detail, string>>;
  /**
   * Asks the vendor whether a token is good, and for the name that goes with it, where the vendor gives one. Throws `TokenRefused`
   * where the token is of no use, another `CommandError` where the vendor can't say.
   */
  nameOf(stage: Stage, id: string, token: string): Promise<string | undefined>;
  /** What a person does after adding one. */
  next(id: string): string;
}

/** Whether it has a user, who gets its leads; where it has none the vendor names an owner for each lead. */
export const hasUser = ({ details }: AccountKind): boolean => details.owner !== undefined;
