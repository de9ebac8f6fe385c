import type { MemberRow } from './member-rows.ts';
import type { BadRow } from './records.ts';
import type { Remembered } from './remember-member.ts';

/** What an import did, in rows; one whose person comes again further down counts as `repeated` only. */
export interface Tally {
  members: number;
  former: number;
  new: number;
  changed: number;
  unchanged: number;
  repeated: number;
  /** Leads that consider their category anew. */
  reconsidered: number;
  bad: BadRow[];
}

export const emptyTally = (): Tally => ({
  members: 0,
  former: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  repeated: 0,
  reconsidered: 0,
  bad: [],
});

/** Counts a row that is remembered. */
export function count(tally: Tally, { membership }: Pick<MemberRow, 'membership'>, { was, leads }: Remembered): void {
  tally[membership === 'subscribed' ? 'members' : 'former'] += 1;
  tally[was] += 1;
  tally.reconsidered += leads;
}

/** `98,211 members, 1,700 former; 12 new, 3 changed, 99,896 unchanged, 77 rows bad`. */
export function sentenceOf(tally: Tally): string {
  const { members, former, unchanged, changed, repeated, reconsidered, bad } = tally;
  const more = [
    ...(repeated > 0 ? [`${counted(repeated, 'row')} repeated further down`] : []),
    `${counted(bad.length, 'row')} bad`,
    ...(reconsidered > 0 ? [`${counted(reconsidered, 'lead')} to be considered anew`] : []),
  ];
  const kept = `${shown(tally.new)} new, ${shown(changed)} changed, ${shown(unchanged)} unchanged`;
  return `${counted(members, 'member')}, ${shown(former)} former; ${kept}, ${more.join(', ')}`;
}

const shown = (amount: number) => amount.toLocaleString('en-US');
const counted = (amount: number, thing: string) => `${shown(amount)} ${thing}${amount === 1 ? '' : 's'}`;
