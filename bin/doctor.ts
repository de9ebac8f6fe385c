import { doctorPorts } from '../lambdas/doctor/ports/doctor-ports.ts';
import { useAccess } from './access.ts';
import { readOptions, refuseMore } from './arguments.ts';
import { run, SEE_TO_IT } from './command.ts';
import { doctorEnv } from './doctor/doctor-env.ts';
import { examineAll } from './doctor/examine-all.ts';
import { asJson, asText, isWell } from './doctor/show.ts';
import { findStage } from './find-stage.ts';

const usage = `Usage: npm run doctor -- [options]
  Looks whether everything is set up as it must be, here and at the vendors, sends a made-up lead of each source through the stage, which
  is told to nobody, and says of each failure what it means and what mends it. It mends nothing itself.
  --stage S    a stage of cdk.json that is deployed in your AWS account (the local run)
  --tenant T   a tenant of the stage (all of them)
  --no-lead    sends no leads, which take as long as their wait
  --json       says it as JSON
Ends with 2 when something is wrong.`;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    stage: { type: 'string' },
    tenant: { type: 'string' },
    'no-lead': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  refuseMore(positionals, usage);
  const stage = await findStage({ stage: values.stage, tenant: values.tenant });
  useAccess(stage.access);
  const ports = doctorPorts(await doctorEnv(stage));
  const found = await examineAll(
    { tenants: values.tenant === undefined ? stage.tenants : [stage.tenant], withLeads: !values['no-lead'] },
    { ...ports, say: values.json ? () => {} : (line) => console.log(line) },
  );
  console.log(values.json ? asJson(found) : asText(found));
  if (!isWell(found)) process.exitCode = SEE_TO_IT;
});
