import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, it } from '@jest/globals';
import { eachRecord } from '../../lambdas/aws/batch.ts';
import { Later } from '../../lambdas/core/failures.ts';

const batch = (...bodies: string[]): SQSEvent => ({
  Records: bodies.map(
    (body) => ({ messageId: `id-${body}`, body, attributes: { ApproximateReceiveCount: '2' } }) as SQSRecord,
  ),
});
const timeLeft = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds }) as Context;

/** Works on a batch, and says what is returned to the queue and what was logged. */
async function run(event: SQSEvent, work: (body: string) => Promise<void>, left = 20_000) {
  const logged: unknown[] = [];
  const result = await eachRecord(
    event,
    timeLeft(left),
    ({ body }) => work(body),
    (line) => logged.push(line),
    ({ body }) => {
      if (body === 'unreadable') throw new SyntaxError('Unexpected token Z in "Zoë Müller"');
      return { lead_id: `lead-${body}` };
    },
  );
  return { returned: result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), logged };
}

describe('a batch', () => {
  it('returns nothing where all went well', async () => {
    expect(await run(batch('a', 'b'), async () => {})).toEqual({ returned: [], logged: [] });
  });

  it('returns only what failed, and works on the rest', async () => {
    const worked: string[] = [];
    const { returned } = await run(batch('a', 'b', 'c'), async (body) => {
      if (body === 'b') throw new Error('no');
      worked.push(body);
    });
    expect(returned).toEqual(['id-b']);
    expect(worked).toEqual(['a', 'c']);
  });

  it('gives a record up before the function’s own time is over', async () => {
    const { returned, logged } = await run(
      batch('hangs', 'works'),
      (body) => (body === 'hangs' ? new Promise(() => {}) : Promise.resolve()),
      520,
    );
    expect(returned).toEqual(['id-hangs']);
    expect(logged).toEqual([{ lead_id: 'lead-hangs', outcome: 'failed', reason: 'DeadlineExceeded', attempt: 2 }]);
  });

  it('of none returns none', async () =>
    expect(await run(batch(), async () => {})).toEqual({ returned: [], logged: [] }));
});

const reasonOf = async (error: unknown) => (await run(batch('a'), () => Promise.reject(error))).logged;

describe('a failure is logged', () => {
  it('by what we called it', async () => {
    expect(await reasonOf(new Error('the lead is not in the table'))).toEqual([
      { lead_id: 'lead-a', outcome: 'failed', reason: 'the lead is not in the table', attempt: 2 },
    ]);
    expect(await reasonOf(new Later('Slack did not answer'))).toEqual([
      { lead_id: 'lead-a', outcome: 'failed', reason: 'Slack did not answer', attempt: 2 },
    ]);
  });

  it('by its name alone where its message may quote a person', async () => {
    expect(await reasonOf(new SyntaxError('Unexpected token Z in "Zoë Müller"'))).toEqual([
      { lead_id: 'lead-a', outcome: 'failed', reason: 'SyntaxError', attempt: 2 },
    ]);
    expect(await reasonOf('Zoë Müller')).toEqual([
      { lead_id: 'lead-a', outcome: 'failed', reason: 'unknown', attempt: 2 },
    ]);
  });

  it('with the ids of what it is about, and without them where the record can’t be read', async () => {
    const { returned, logged } = await run(batch('a', 'unreadable', 'c'), () => Promise.reject(new Error('no')));
    expect(returned).toEqual(['id-a', 'id-unreadable', 'id-c']);
    expect(logged).toEqual([
      { lead_id: 'lead-a', outcome: 'failed', reason: 'no', attempt: 2 },
      { outcome: 'failed', reason: 'no', attempt: 2 },
      { lead_id: 'lead-c', outcome: 'failed', reason: 'no', attempt: 2 },
    ]);
  });
});

describe('why a record failed', () => {
  const failures = (noted: string[]) => ({
    note: async (id: string, reason: string) => void noted.push(`${id}: ${reason}`),
    forget: async (id: string) => void noted.push(`${id} is forgotten`),
  });
  const work = ({ body }: SQSRecord) => (body === 'bad' ? Promise.reject(new Error('S3 is down')) : Promise.resolve());
  const runWith = (event: SQSEvent, where: Parameters<typeof eachRecord>[5]) =>
    eachRecord(
      event,
      timeLeft(20_000),
      work,
      () => undefined,
      () => ({}),
      where,
    );

  it('is noted for whoever finds it among the dead letters, and forgotten where another try succeeds', async () => {
    const noted: string[] = [];
    await runWith(batch('bad', 'good'), failures(noted));
    expect(noted.toSorted()).toEqual(['id-bad: S3 is down', 'id-good is forgotten']);
  });

  it('costs nothing where the first try succeeds', async () => {
    const noted: string[] = [];
    const first = batch('good');
    for (const { attributes } of first.Records) attributes.ApproximateReceiveCount = '1';
    await runWith(first, failures(noted));
    expect(noted).toEqual([]);
  });

  it('hurts nobody where it can not be noted', async () => {
    const broken = { note: () => Promise.reject(new Error('the table is down')), forget: () => new Promise(() => {}) };
    const { batchItemFailures } = await runWith(batch('bad', 'good'), broken);
    expect(batchItemFailures).toEqual([{ itemIdentifier: 'id-bad' }]);
  });
});
