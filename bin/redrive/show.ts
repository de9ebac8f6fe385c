import { aboutIn, type DeadGroup } from '../../lambdas/core/dead-letter.ts';
import { plain } from '../../lambdas/core/plain.ts';
import { inColumns } from '../columns.ts';

/** So many messages of a group are named. */
const NAMED = 5;

/** Groups of messages for a person: their cause, and some of them by name. */
export function groupsText(groups: DeadGroup[]): string {
  return groups
    .map(({ queue, cause, count, oldest, letters }) => {
      const rows = letters.slice(0, NAMED).map(({ id, body }) => {
        const about = aboutIn(body);
        return [`  ${id}`, about?.lead_id ?? about?.keys.join(' ') ?? 'can not be read'];
      });
      const more = count > NAMED ? `\n  and ${count - NAMED} more` : '';
      const head = `${queue}: ${count}, the oldest of ${oldest.slice(0, 19)} UTC. ${plain(cause)}`;
      return `${head}\n${inColumns([['  MESSAGE', 'ABOUT'], ...rows])}${more}`;
    })
    .join('\n\n');
}

/** The same for a program: what is in a message stays out. */
export const groupsJson = (groups: DeadGroup[]) =>
  groups.map(({ queue, cause, count, oldest, letters }) => ({
    queue,
    cause,
    count,
    oldest,
    messages: letters.map(({ id, body, sentAt }) => ({ id, sent_at: sentAt, ...aboutIn(body) })),
  }));
