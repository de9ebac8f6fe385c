import { readOptions, refuseMore } from '../arguments.ts';
import { CommandError } from '../command.ts';
import { findStage } from '../find-stage.ts';
import { detailsIn, idIn } from './account-details.ts';
import type { AccountKind } from './account-kind.ts';
import { addAccount } from './add.ts';
import { changeAccount } from './change.ts';
import { listAccounts } from './list.ts';
import { takeAccount } from './remove.ts';
import { replaceToken } from './token.ts';
import { usageOf } from './usage.ts';

/** What can be done, and which options it takes beside --stage and --tenant. */
const commands = {
  list: { does: listAccounts, takesDetails: false, takesToken: false },
  add: { does: addAccount, takesDetails: true, takesToken: true },
  change: { does: changeAccount, takesDetails: true, takesToken: false },
  token: { does: replaceToken, takesDetails: false, takesToken: true },
  remove: { does: takeAccount, takesDetails: false, takesToken: false },
};

/** The command for pages or portals, as a person typed it. Throws a sentence where it can't be done. */
export async function accountCommand(kind: AccountKind, args: string[]): Promise<void> {
  const usage = usageOf(kind);
  const { values, positionals } = readOptions(args, usage, {
    stage: { type: 'string' },
    tenant: { type: 'string' },
    owner: { type: 'string' },
    'owner-email': { type: 'string' },
    name: { type: 'string' },
    country: { type: 'string' },
    'token-stdin': { type: 'boolean' },
    unchecked: { type: 'boolean' },
  });
  const { stage: name, tenant, 'token-stdin': piped = false, unchecked = false, ...details } = values;
  const [what = '', ...rest] = positionals;
  if (!isCommand(what))
    throw new CommandError(
      `${what ? `There is nothing like "${what}" here` : 'What shall be done'}: list, add, change, token or remove?\n\n${usage}`,
    );
  const stray = Object.keys(values).find((option) => !optionsOf(kind, what).includes(option));
  if (stray !== undefined) throw new CommandError(`--${stray} is nothing that ${what} knows.\n\n${usage}`);
  const [id = '', ...more] = what === 'list' ? ['', ...rest] : rest;
  refuseMore(more, usage);
  const asked = { id: what === 'list' ? '' : idIn(id, kind, usage), details: detailsIn(details), piped, unchecked };
  const stage = await findStage({ source: kind.source, stage: name, tenant });
  await commands[what].does(stage, kind, { ...asked, isOfOneTenant: tenant !== undefined });
}

function optionsOf({ details }: AccountKind, what: keyof typeof commands): string[] {
  const { takesDetails, takesToken } = commands[what];
  const ofToken = ['token-stdin', 'unchecked'];
  return ['stage', 'tenant', ...(takesDetails ? Object.keys(details) : []), ...(takesToken ? ofToken : [])];
}

function isCommand(what: string): what is keyof typeof commands {
  return Object.hasOwn(commands, what);
}
