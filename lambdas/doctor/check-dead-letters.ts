import { type Finding, fine, wrong } from '../core/finding.ts';

export interface DeadLetterPorts {
  /** Queues of what was given up, by the name of their alarm: `capture`. */
  deadLetters: { name: string; url: string }[];
  countOf: (queueUrl: string) => Promise<number>;
  /** `--stage prod`. */
  flags: string;
}

/** Whether anything of the stage was given up. */
export const checkDeadLetters = (ports: DeadLetterPorts): Promise<Finding[]> =>
  Promise.all(ports.deadLetters.map((queue) => ofQueue(queue, ports)));

async function ofQueue({ name, url }: { name: string; url: string }, { countOf, flags }: DeadLetterPorts) {
  const count = await countOf(url);
  if (count === 0) return fine('dead-letters', {}, `Nothing of ${name} was given up.`);
  const messages = count === 1 ? 'A message' : `${count} messages`;
  return wrong(
    'dead-letters',
    {},
    {
      cause: `${messages} of ${name} ${count === 1 ? 'was' : 'were'} given up.`,
      consequence: 'What they are about stays undone, and is gone 14 days after it came.',
      cure: `npm run redrive -- ${flags} --queue ${name} lists them by cause, and with --all sends them back (docs/runbook.md#${name}-dead-letters).`,
    },
  );
}
