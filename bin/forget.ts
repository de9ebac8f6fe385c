import { useAccess } from './access.ts';
import { readOptions, refuseMore } from './arguments.ts';
import { CommandError, run } from './command.ts';
import { findStage } from './find-stage.ts';
import { confirmed } from './forget/confirm.ts';
import { eraseAll } from './forget/erase-all.ts';
import { leadsOf } from './who.ts';

const usage = `Usage: npm run forget -- WHO [options]
  Removes a person from everything that a stage keeps: deliveries with all their versions, answers of vendors, the table, what waits
  in dead-letter queues, and all exports of the tenant, since nobody knows which of them the person is in. Others in the same delivery
  stay. What vendors send of these leads again is not taken. It can't be undone.
  WHO                an e-mail address, a phone number with its country (+49…), or a lead by the vendor's id; a lead's person is
                     forgotten with every lead that has the same address or number
  --yes              does not ask at a terminal whether you are sure
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --tenant T         a tenant of the stage (its first one)
  --json             says what was removed as JSON`;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    yes: { type: 'boolean', default: false },
    stage: { type: 'string' },
    tenant: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [who, ...more] = positionals;
  if (who === undefined) throw new CommandError(`Who shall be forgotten?\n\n${usage}`);
  refuseMore(more, usage);
  const stage = await findStage({ stage: values.stage, tenant: values.tenant });
  useAccess(stage.access);
  const { leads, partitions } = await leadsOf(stage, who);
  if (leads.length + partitions.length === 0) {
    if (values.json)
      return console.log(JSON.stringify({ leads: 0, objects: 0, rewritten: 0, exports: 0, rows: 0, messages: 0 }));
    return console.log(`Nothing is kept of that person in the tenant ${stage.tenant}.`);
  }
  const question = `${leads.length === 1 ? 'One lead' : `${leads.length} leads`} of the tenant ${stage.tenant} will be erased for good.`;
  if (!values.yes && process.stdin.isTTY && !(await confirmed(question))) return console.log('Nothing was erased.');
  const removed = await eraseAll(stage, leads, partitions);
  if (values.json) return console.log(JSON.stringify(removed));
  console.log(`Erased in the tenant ${stage.tenant}: ${removed.leads} ${removed.leads === 1 ? 'lead' : 'leads'}.`);
  console.log(
    `  objects     ${removed.objects} versions deleted, ${removed.rewritten} deliveries written anew without them`,
  );
  console.log(`  exports     ${removed.exports} lists of leads deleted, all that were kept for the tenant`);
  console.log(`  table       ${removed.rows} rows`);
  console.log(`  queues      ${removed.messages} messages in dead-letter queues; one under way is not taken any more`);
  console.log('A second pass follows in a moment, for whatever was being worked on just now.');
  console.log(
    'Not ours to remove: alerts in Slack and in mailboxes, lists that people downloaded, subscribers of categories, and the vendors’ own records.',
  );
});
