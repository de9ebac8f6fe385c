import { useAccess } from './access.ts';
import { readOptions, refuseMore, sourceIn } from './arguments.ts';
import { run, SEE_TO_IT } from './command.ts';
import { findStage } from './find-stage.ts';
import { compareTenant } from './sync/compare-tenant.ts';
import { comparisonsTable, isWell, jsonOf } from './sync/show.ts';
import { sinceIn } from './sync/since.ts';

const usage = `Usage: npm run sync -- [SOURCE] [options]
  Compares what we have with the vendors' own records of leads, fetches what is missing, and shows both counts.
  SOURCE             close, meta or hubspot (all that are on)
  --since WHEN       also leads that vendors had before they were connected: a number of days, as in 90d, or a day, as in 2026-09-01.
                     Meta keeps leads for 90 days, Close its events for 30. Those over a day old are told in a digest
  --quiet            tells nobody of what it fetches
  --tenant T         a tenant of the stage (all of them)
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --json             says it as JSON
Ends with 2 when a vendor counts leads that are not here, or could not be asked.`;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    since: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    stage: { type: 'string' },
    tenant: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [name, ...more] = positionals;
  refuseMore(more, usage);
  const source = name === undefined ? undefined : sourceIn(name);
  const from = values.since === undefined ? undefined : sinceIn(values.since, Date.now());
  const stage = await findStage({ source, stage: values.stage, tenant: values.tenant });
  useAccess(stage.access);
  const tenants = values.tenant === undefined ? stage.tenants : [stage.tenant];
  const compared = [];
  for (const tenant of tenants) {
    const say = values.json ? undefined : (line: string) => console.log(`${tenant}: ${line}`);
    compared.push(await compareTenant(stage, { tenant, source, from, quiet: values.quiet }, say));
  }
  if (values.json) console.log(JSON.stringify({ tenants: compared.map(jsonOf) }));
  else console.log(`\n${comparisonsTable(compared)}`);
  if (!compared.every(isWell)) process.exitCode = SEE_TO_IT;
});
