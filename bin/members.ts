import { resolve } from 'node:path';
import { readOptions, refuseMore } from './arguments.ts';
import { CommandError, run, SEE_TO_IT } from './command.ts';
import { countryIn } from './country.ts';
import { findStage } from './find-stage.ts';
import { reportBad } from './members/bad-rows.ts';
import { importMembers } from './members/import.ts';
import { sentenceOf } from './members/tally.ts';

const usage = `Usage: npm run members -- import FILE.csv [options]
  Remembers who is a member of a tenant and who was one, so that leads of theirs are recognised. Only hashes of addresses and
  numbers are stored. It may be run again with a newer list; who is no longer in the list stays as they are.
  FILE.csv           a header and rows, separated by a comma, a semicolon or a tab, in UTF-8. Columns, in any order:
                       email (or e-mail, mail) and phone (or telephone, mobile), at least one of them
                       status (or membership, state): active, subscribed, member, current, yes or nothing for members;
                       ended, terminated, cancelled, canceled, former, inactive, expired or no for former ones
  --country CC       the country of phone numbers that come without one: DE
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --tenant T         a tenant of the stage (its first one)
  --json             says what it did as JSON
Ends with 0 when all rows were good, with 2 when some were not, with 1 when nothing was done or it stopped on the way.`;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    stage: { type: 'string' },
    tenant: { type: 'string' },
    country: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [what, name, ...more] = positionals;
  if (what !== 'import') throw new CommandError(`What shall be done: import?\n\n${usage}`);
  if (name === undefined) throw new CommandError(`Which file? Give its name.\n\n${usage}`);
  refuseMore(more, usage);
  const country = countryIn(values.country);
  const stage = await findStage({ stage: values.stage, tenant: values.tenant });
  // npm starts in the folder of package.json, a person where they stand.
  const file = resolve(process.env['INIT_CWD'] ?? '.', name);
  const tally = await importMembers(stage, { file, country, progress: values.json ? process.stderr : process.stdout });
  if (tally.bad.length > 0) process.exitCode = SEE_TO_IT;
  if (values.json) return console.log(JSON.stringify(tally));
  console.log(sentenceOf(tally));
  reportBad(file, tally.bad);
});
