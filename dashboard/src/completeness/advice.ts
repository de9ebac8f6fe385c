import type { Completeness } from '../../../lambdas/api/schemas/sync.ts';
import type { Role } from '../../../lambdas/api/schemas/me.ts';
import { command, type Place } from '../setup/command.ts';
import { shortTime } from '../time/when.ts';

/** What people should know of an account, and the one thing that mends it. */
export interface Advice {
  id: 'trouble' | 'never' | 'missing' | 'webhook';
  says: string;
  command?: string;
  open?: { label: string; to: string };
}

/** For whom it is said, and where. */
export interface Reader extends Place {
  role: Role;
  timeZone: string;
}

/** All that needs somebody, or explains why nothing is known; nothing of an account that is complete. */
export const adviceOn = (row: Completeness, reader: Reader): Advice[] => [
  ...trouble(row, reader),
  ...neverCompared(row, reader),
  ...missing(row),
  ...webhook(row),
];

function trouble(row: Completeness, reader: Reader): Advice[] {
  const { source_label, trouble: reason, trouble_since } = row;
  if (reason === null) return [];
  const since = trouble_since === null ? '' : ` since ${shortTime(trouble_since, reader.timeZone)}`;
  const { says, ...cure } = cureOf(row, reader);
  const again = 'It is asked again with each comparison.';
  return [{ id: 'trouble', says: `${source_label} can’t be asked${since}: ${reason}. ${again} ${says}`, ...cure }];
}

function neverCompared(row: Completeness, reader: Reader): Advice[] {
  const { source, source_label, account, since, compared_until } = row;
  if (compared_until !== null || row.trouble !== null) return [];
  if (account !== null || since !== null)
    return [
      { id: 'never', says: 'Not compared yet. The first comparison begins by itself; Sync now begins it at once.' },
    ];
  const why = `Never compared: ${source_label}’s own record can only be read with an API key, and none is filled in.`;
  if (reader.role === 'rep') return [{ id: 'never', says: `${why} ${forReps}` }];
  const says = `${why} The platform team does that with the command.`;
  return [{ id: 'never', says, command: command(`connect ${source} --api-key-stdin`, reader) }];
}

const forReps = 'Your managers know what to do.';

/** What helps where a vendor keeps on refusing. */
function cureOf({ source, account }: Completeness, reader: Reader): Pick<Advice, 'says' | 'command' | 'open'> {
  if (reader.role === 'rep') return { says: forReps };
  if (source === 'meta')
    return {
      says: 'If this stays, test the token of the page, or give it another one.',
      open: { label: 'Look at the pages', to: '/settings/pages' },
    };
  if (account === null)
    return {
      says: 'If this stays, it needs another API key.',
      command: command(`connect ${source} --api-key-stdin`, reader),
    };
  if (source === 'hubspot')
    return {
      says: 'If this stays, the portal needs another token.',
      command: command(`portals token ${account}`, reader),
    };
  return { says: 'If this stays, its token must be replaced.' };
}

function missing({ source_label, difference }: Completeness): Advice[] {
  if (difference <= 0) return [];
  const leads = difference === 1 ? '1 lead' : `${difference} leads`;
  const are = difference === 1 ? 'is' : 'are';
  return [
    {
      id: 'missing',
      says: `${leads} of ${source_label} ${are} not here. For an hour each comparison looks for what is missing; what is not here then stays counted as missing.`,
    },
  ];
}

function webhook({ webhook: state, webhook_reason: says }: Completeness): Advice[] {
  return state === null || state === 'active' || says === null ? [] : [{ id: 'webhook', says }];
}
