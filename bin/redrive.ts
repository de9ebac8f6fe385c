import { eachDeadLetter } from '../lambdas/aws/dead-letters.ts';
import { type DeadLetter, groupsOf, isMeant } from '../lambdas/core/dead-letter.ts';
import { useAccess } from './access.ts';
import { readOptions, refuseMore } from './arguments.ts';
import { CommandError, run, SEE_TO_IT } from './command.ts';
import { findStage } from './find-stage.ts';
import { moveAll } from './redrive/move-all.ts';
import { groupsJson, groupsText } from './redrive/show.ts';

const usage = `Usage: npm run redrive -- [--cause TEXT | --message ID | --all] [options]
  Messages that were given up, grouped by their cause; sends those that are meant back to where they came from. What was told is not told
  again by that. Without --cause, --message or --all it lists them.
  --cause TEXT       all whose cause contains the text
  --message ID       one of them
  --all              all of them
  --queue Q          only those of one queue: capture, owner, erase, sync, sweep or replay
  --dry-run          lists what would be sent back
  --stage S          a stage of cdk.json that is deployed in your AWS account (the local run)
  --json             says it as JSON
  Ends with 2 where it only listed, and there are some.`;

/** Of each queue. */
const MOST = 10_000;

await run(async () => {
  const { values, positionals } = readOptions(process.argv.slice(2), usage, {
    cause: { type: 'string' },
    message: { type: 'string' },
    all: { type: 'boolean', default: false },
    queue: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    stage: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  refuseMore(positionals, usage);
  const { cause, message, all, json } = values;
  const ways = [cause !== undefined, message !== undefined, all].filter(Boolean).length;
  if (ways > 1) throw new CommandError('Say one of --cause, --message and --all.');
  const stage = await findStage({ stage: values.stage });
  useAccess(stage.access);
  const names = stage.deadLetterQueues.map(({ name }) => name);
  const queues = stage.deadLetterQueues.filter(({ name }) => values.queue === undefined || name === values.queue);
  if (queues.length === 0)
    throw new CommandError(`There is no queue "${values.queue}"; there are ${names.join(', ')}.`);
  const isChosen = (letter: DeadLetter) =>
    isMeant(letter, { message, isDryRun: false }) &&
    (cause === undefined || letter.cause.toLowerCase().includes(cause.toLowerCase()));
  const isSent = ways > 0 && !values['dry-run'];
  const found: DeadLetter[] = [];
  for (const queue of queues) {
    const decide = async (letter: DeadLetter) => {
      if (!isChosen(letter)) return 'leave' as const;
      found.push(letter);
      return isSent && !all ? ('send back' as const) : ('leave' as const);
    };
    await eachDeadLetter(stage.table, queue, decide, MOST);
    if (isSent && all && found.some(({ queue: of }) => of === queue.name)) await moveAll(stage, queue);
  }
  const groups = groupsOf(found);
  if (json) console.log(JSON.stringify({ redriven: isSent ? found.length : 0, groups: groupsJson(groups) }));
  else if (found.length === 0) console.log('There is nothing that was given up and is meant.');
  else console.log(`${groupsText(groups)}\n\n${endOf(found.length, isSent)}`);
  if (ways === 0 && found.length > 0) process.exitCode = SEE_TO_IT;
  if (message !== undefined && found.length === 0) throw new CommandError(`There is no message ${message} any more.`);
});

function endOf(count: number, isSent: boolean): string {
  const messages = count === 1 ? 'One message' : `${count} messages`;
  return isSent
    ? `${messages} sent back; npm run events shows what becomes of it.`
    : `${messages}. Send them back with --cause, --message or --all, once the cause is mended.`;
}
