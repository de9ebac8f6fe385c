import { atOnce } from '../at-once.ts';
import { CommandError } from '../command.ts';
import { type ProgressStream, showProgress } from '../progress.ts';
import type { Stage } from '../stage.ts';
import { lastRows } from './last-rows.ts';
import { memberPorts } from './member-ports.ts';
import { memberRows, textOf } from './member-rows.ts';
import type { BadRow } from './records.ts';
import { rememberMember } from './remember-member.ts';
import { count, emptyTally, type Tally } from './tally.ts';

/** How many people are worked on at once, each with a call or two at a time. */
const AT_ONCE = 25;

export interface ImportRequest {
  file: string;
  /** That of phone numbers which come without one. */
  country: string | undefined;
  /** Where it is shown how far it came. */
  progress: ProgressStream;
}

/** Remembers the memberships of a list; the last row about a person counts. The file is read twice instead of being kept. */
export async function importMembers(stage: Stage, request: ImportRequest): Promise<Tally> {
  const { file, country } = request;
  const { last, good, bad } = await look(file, country);
  if (good === 0) throw new CommandError(nothingIn(file, bad));
  const tally = { ...emptyTally(), bad };
  const ports = memberPorts(stage);
  const progress = showProgress(good, 'rows', request.progress);
  try {
    await atOnce(AT_ONCE, memberRows(textOf(file), country), async (row) => {
      if ('reason' in row) return;
      const identifiers = row.identifiers.filter((identifier) => last.isLast(identifier, row.line));
      if (identifiers.length > 0) count(tally, row, await rememberMember({ ...row, identifiers }, ports));
      else tally.repeated += 1;
      progress.step();
    });
  } catch (error) {
    progress.stop();
    request.progress.write('It stopped on the way. What is remembered stays, and the same command goes on.\n');
    throw error;
  }
  progress.stop();
  return tally;
}

/** Reads the whole list once, before anything of it is written. */
async function look(file: string, country: string | undefined) {
  const last = lastRows();
  const bad: BadRow[] = [];
  let good = 0;
  for await (const row of memberRows(textOf(file), country)) {
    if ('reason' in row) {
      bad.push(row);
      continue;
    }
    good += 1;
    for (const identifier of row.identifiers) last.note(identifier, row.line);
  }
  return { last, good, bad };
}

function nothingIn(file: string, [first]: BadRow[]): string {
  if (!first) return `There is no row in ${file}.`;
  return `No row of ${file} can be used; the first one, line ${first.line}: ${first.reason}.`;
}
