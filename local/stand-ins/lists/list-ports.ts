import type { Accounts } from './accounts.ts';
import type { Asked } from './asked.ts';
import type { ListedRecords } from './listed-records.ts';

/** What the lists are made of. */
export interface ListPorts {
  records: ListedRecords;
  accounts: Accounts;
  /** Whether somebody set an answer for this path. */
  isSet(vendor: Asked['vendor'], path: string): boolean;
}

/** What a vendor says to a call, before it is written as JSON. */
export interface Said {
  status: number;
  json: unknown;
}

export const ok = (json: unknown): Said => ({ status: 200, json });

/** The owners whose records are listed for an account: it, and for the first one nobody. */
export const ownersFor = (
  account: string,
  { vendor }: Pick<Asked, 'vendor'>,
  { accounts }: ListPorts,
): [string, string] => [account, account === accounts.first(vendor) ? '' : account];

/** The account that a token is good for, else the first one. */
export const accountOf = ({ vendor, token }: Asked, { accounts }: ListPorts): string =>
  accounts.of(vendor, token)[0] ?? accounts.first(vendor);

/** A place in a list, from the latest to the oldest record: when the last one given was made, and its id. */
export interface Place {
  made: number;
  id: string;
}

/** As a vendor gives it out: a text that means nothing to anybody else. */
export const cursorOf = ({ made, id }: Place): string => Buffer.from(`${made} ${id}`).toString('base64url');

/** `undefined` where it is none that was given out. */
export function placeOf(cursor: string): Place | undefined {
  const [, made, id] = /^(-?\d+) ([\w-]+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return made === undefined || id === undefined ? undefined : { made: Number(made), id };
}
