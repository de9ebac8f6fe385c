import { useAccess } from './access.ts';
import { readOptions, refuseMore } from './arguments.ts';
import { CommandError, run } from './command.ts';
import { findStage } from './find-stage.ts';
import { traceOfWho } from './trace/trace-of-who.ts';
import { tracePorts } from './trace/trace-ports.ts';

const usage = `Usage: npm run trace -- WHO [options]
  Shows what happened to a lead: how it came, when it was verified and stored, each event, each directory that was asked, each
  channel with its receipt, the times between, and where it stands now. Of several leads of a person it says which there are.
  WHO                an e-mail address, a phone number with its country (+49…), or a lead by the vendor's id
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --tenant T         a tenant of the stage (its first one)
  --json             says it as JSON
  It ends with 2 where a lead does not get on by itself, and with 1 where there is none.`;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    stage: { type: 'string' },
    tenant: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [who, ...more] = positionals;
  if (who === undefined) throw new CommandError(`Whose lead?\n\n${usage}`);
  refuseMore(more, usage);
  const stage = await findStage({ stage: values.stage, tenant: values.tenant });
  useAccess(stage.access);
  const { text, json, exitCode } = await traceOfWho(stage, who, tracePorts(stage));
  console.log(values.json ? JSON.stringify(json) : text);
  process.exitCode = exitCode;
});
