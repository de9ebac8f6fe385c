import type { AccountKind, Detail } from './account-kind.ts';

/** What stands for the value of an option. */
const values: Record<Detail, string> = { owner: 'NAME', 'owner-email': 'E', name: 'NAME', country: 'CC' };

/** What the command of pages or portals takes. */
export function usageOf(kind: AccountKind): string {
  const { command, noun, vendor, about, details } = kind;
  const id = `${noun.toUpperCase()}_ID`;
  const taken = details.owner === undefined ? 'Takes a token' : 'Takes a token and --owner';
  return [
    `Usage: ${command} -- list|add|change|token|remove [${id}] [options]`,
    `  ${about}`,
    line('list', `every ${noun} of the stage, or of --tenant`),
    line(`add ${id}`, `gives a ${noun} to a tenant; leads that came before are taken up. ${taken}`),
    line(`change ${id}`, `changes what is known of a ${noun}; an empty text takes it away`),
    line(`token ${id}`, 'replaces the token; leads that waited for it go on'),
    line(`remove ${id}`, `takes a ${noun} from its tenant, and deletes its token`),
    line('--stage S', 'a stage of cdk.json that is deployed in your AWS account (the local run)'),
    line('--tenant T', 'a tenant of the stage (its first one)'),
    'add, change:',
    ...Object.entries(details).map(([option, is]) => line(`--${option} ${values[option as Detail]}`, is)),
    'add, token:',
    line('--token-stdin', 'takes the token from standard input; it is asked for otherwise'),
    line('--unchecked', `keeps the token without asking ${vendor} whether it is good`),
  ].join('\n');
}

const line = (what: string, does: string) => `  ${what.padEnd(19)}${does}`;
