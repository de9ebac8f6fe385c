import { isRawKey } from '../../lambdas/core/raw-key.ts';
import { MOST_KEYS, type ReplayOrder } from '../../lambdas/core/replay.ts';
import { sourceIn } from '../arguments.ts';
import { CommandError } from '../command.ts';
import { momentIn } from './moment.ts';

/** What the command line says of which deliveries are meant, and how. */
export interface Said {
  keys: string[];
  from?: string | undefined;
  to?: string | undefined;
  all: boolean;
  source?: string | undefined;
  tell: boolean;
  dryRun: boolean;
}

/** The order that a command line means. Throws a sentence where it means none. */
export function orderOf({ keys, from, to, all, source, tell, dryRun }: Said, now: number): ReplayOrder {
  const order = { how: tell ? ('tell' as const) : ('quiet' as const), isDryRun: dryRun };
  const hasWindow = all || from !== undefined || to !== undefined || source !== undefined;
  if (keys.length > 0) {
    if (hasWindow) throw new CommandError('Name deliveries, or a time with --from and --to, not both.');
    if (keys.length > MOST_KEYS) throw new CommandError(`${MOST_KEYS} deliveries can be named at once; use --from.`);
    return { ...order, keys: keys.map(keyIn) };
  }
  if (all && (from !== undefined || to !== undefined)) throw new CommandError('--all is every time: leave --from out.');
  if (!all && from === undefined)
    throw new CommandError('Which deliveries? Name them, or say --from 2h, or --all for everything that is stored.');
  const window = {
    from: from === undefined ? new Date(0).toISOString() : momentIn('from', from, now),
    to: to === undefined ? new Date(now).toISOString() : momentIn('to', to, now),
  };
  if (window.from >= window.to) throw new CommandError(`--from ${window.from} is not before --to ${window.to}.`);
  return { ...order, ...window, ...(source !== undefined && { source: sourceIn(source) }) };
}

/** People copy names with `source/` or without. */
function keyIn(text: string): string {
  const key = text.startsWith('source/') ? text : `source/${text}`;
  if (isRawKey(key)) return key;
  throw new CommandError(`"${text}" is not the name of a delivery; one is source/crm_event_lead_….json.`);
}
