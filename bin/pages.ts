import { readOptions, refuseMore } from './arguments.ts';
import { CommandError, run } from './command.ts';
import { findStage } from './find-stage.ts';
import { addPage } from './pages/add.ts';
import { changePage } from './pages/change.ts';
import { listPages } from './pages/list.ts';
import { detailsIn, pageIdIn } from './pages/page-details.ts';
import { removePage } from './pages/remove.ts';
import { replaceToken } from './pages/token.ts';

const usage = `Usage: npm run pages -- list|add|change|token|remove [PAGE_ID] [options]
  Facebook pages whose leads come in from Meta: whose they are, who gets their leads, and their access tokens.
  list               every page of the stage, or of --tenant
  add PAGE_ID        gives a page to a tenant; leads that came before are taken up. Takes a token and --owner
  change PAGE_ID     changes what is known of a page; an empty text takes it away
  token PAGE_ID      replaces the token; leads that waited for it go on
  remove PAGE_ID     takes a page from its tenant, and deletes its token
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --tenant T         a tenant of the stage (its first one)
add, change:
  --owner NAME       the page's user, who gets its leads
  --owner-email E    the user's e-mail address
  --name NAME        what people call the page (add: its name at Meta)
  --country CC       the country of phone numbers that come without one: DE
add, token:
  --token-stdin      takes the token from standard input; it is asked for otherwise
  --unchecked        keeps the token without asking Meta whether it is good`;

const ofDetails = ['owner', 'owner-email', 'name', 'country'];
const ofToken = ['token-stdin', 'unchecked'];
/** What can be done, and with which options beside --stage and --tenant. */
const commands = {
  list: { does: listPages, takes: [] },
  add: { does: addPage, takes: [...ofDetails, ...ofToken] },
  change: { does: changePage, takes: ofDetails },
  token: { does: replaceToken, takes: ofToken },
  remove: { does: removePage, takes: [] },
};

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
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
  const stray = Object.keys(values).find((option) => ![...commands[what].takes, 'stage', 'tenant'].includes(option));
  if (stray !== undefined) throw new CommandError(`--${stray} is nothing that ${what} knows.\n\n${usage}`);
  const [page = '', ...more] = what === 'list' ? ['', ...rest] : rest;
  refuseMore(more, usage);
  const asked = { page: what === 'list' ? '' : pageIdIn(page, usage), details: detailsIn(details), piped, unchecked };
  const stage = await findStage({ source: 'meta', stage: name, tenant });
  await commands[what].does(stage, { ...asked, isOfOneTenant: tenant !== undefined });
});

function isCommand(what: string): what is keyof typeof commands {
  return Object.hasOwn(commands, what);
}
