import { readOptions, refuseMore } from './arguments.ts';
import { CommandError, run } from './command.ts';
import { findStage } from './find-stage.ts';
import { addUser } from './users/add.ts';
import { emailIn, nameIn, roleIn } from './users/details.ts';
import { listUsers } from './users/list.ts';
import { takeUser } from './users/remove.ts';

const usage = `Usage: npm run users -- list|add|remove [EMAIL] [options]
  People who sign in at the dashboard: each is of one tenant and has one role.
  list               everybody of the stage, or of --tenant
  add EMAIL          makes an account; AWS sends the person a mail with a password that is good for a week. Takes --name and --role;
                     for somebody who has an account in the tenant it changes these two
  remove EMAIL       ends the account; leads and what the person did to them stay
  --name NAME        the person's name, as it stands beside what they do
  --role ROLE        rep (sees and edits leads), manager (also owners, exports, pages), admin (also settings and users)
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --tenant T         a tenant of the stage (its first one)`;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    name: { type: 'string' },
    role: { type: 'string' },
    stage: { type: 'string' },
    tenant: { type: 'string' },
  });
  const [what, email, ...more] = positionals;
  refuseMore(what === 'list' && email !== undefined ? [email, ...more] : more, usage);
  const { name, role, tenant } = values;
  if (what !== 'add' && (name ?? role) !== undefined)
    throw new CommandError(`--name and --role are something that only add knows.\n\n${usage}`);
  const atStage = () => findStage({ stage: values.stage, tenant });
  if (what === 'list') return listUsers(await atStage(), tenant !== undefined);
  if (what === 'add') {
    const person = { email: emailIn(email, usage), name: nameIn(name), role: roleIn(role) };
    return addUser(await atStage(), person);
  }
  if (what === 'remove') {
    const address = emailIn(email, usage);
    return takeUser(await atStage(), address);
  }
  throw new CommandError(
    `${what ? `There is nothing like "${what}" here` : 'What shall be done'}: list, add or remove?\n\n${usage}`,
  );
});
