import { useAccess } from './access.ts';
import { readOptions, refuseMore, wholeNumber } from './arguments.ts';
import { run, SEE_TO_IT } from './command.ts';
import { findStage } from './find-stage.ts';
import { look } from './sweep/look.ts';
import { portsOf } from './sweep/ports.ts';
import { sweptJson, sweptText } from './sweep/show.ts';

const usage = `Usage: npm run sweep -- [options]
  Looks for leads that got lost on their way (due and not told, or kept and not put into their wait), starts them again, and shows
  which they were. The stage does so by itself every few minutes, and looks through the bucket each night.
  --full             also looks through the bucket for deliveries that nobody read
  --dry-run          only looks
  --older-than N     what shows no sign for N minutes is lost (as long as all tries take: 20 unless timeoutSeconds says otherwise)
  --days N           deliveries of the last N days, also those of before the stage was first swept (since two days before the last
                     full look); whoever was told of them is told again where the table does not know it any more
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --json             says it as JSON
Ends with 2 when something was lost.`;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    full: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    'older-than': { type: 'string' },
    days: { type: 'string' },
    stage: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  refuseMore(positionals, usage);
  const numberOf = (option: 'older-than' | 'days', most: number) =>
    values[option] === undefined ? undefined : wholeNumber(option, values[option], [0, most]);
  const asked = {
    full: values.full || values.days !== undefined,
    dryRun: values['dry-run'],
    olderThan: numberOf('older-than', 1440),
    days: numberOf('days', 400),
  };
  const stage = await findStage({ stage: values.stage });
  useAccess(stage.access);
  const isShown = !values.json && process.stdout.isTTY;
  const swept = await look(asked, portsOf(stage), (count) => {
    if (isShown) process.stdout.write(`\r${count.toLocaleString('en-US')} deliveries listed\r`);
  });
  console.log(values.json ? JSON.stringify(sweptJson(swept)) : sweptText(swept));
  if (swept.findings.length > 0) process.exitCode = SEE_TO_IT;
});
