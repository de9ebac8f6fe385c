import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { failedIds } from '../../local/functions/batch-failures.ts';
import type { LocalRun } from '../e2e/local-run.ts';
import { until } from '../e2e/until.ts';
import { queueUrl, startFixture } from './fixture.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startFixture({ env: { NOT_FOR_FUNCTIONS: 'secret' } });
});
afterAll(async () => {
  await run.stop();
});

const ask = async (request: object) => run.post('/run/x', JSON.stringify(request));
const answer = async (request: object) => (await (await ask(request)).json()) as Record<string, string>;
const send = (request: object) =>
  run.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(run.aws, 'Work'), MessageBody: JSON.stringify(request) }));

it('gives a function the variables of the template, the addresses it asks for and those of Lambda, and nothing else', async () => {
  const { AWS_ACCESS_KEY_ID, LAMBDA_TASK_ROOT, ...env } = await answer({ do: 'env' });
  expect(env).toEqual({
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: run.aws,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_FUNCTION_NAME: 'fixture',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: 'Fixture-Logs',
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_REGION: 'us-east-1',
    AWS_SECRET_ACCESS_KEY: 'local',
    BUCKET_NAME: 'fixture-bucket',
    GRAPH_URL: `${run.url}/local/vendors/graph`,
    PLAIN: 'as it is',
    SLACK_URL: `${run.url}/local/vendors/slack`,
    SNS_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:Fixture-Topic',
    TZ: ':UTC',
    _HANDLER: 'index.handler',
  });
  expect(AWS_ACCESS_KEY_ID).toMatch(/^fixture\.\d+$/);
  expect(LAMBDA_TASK_ROOT).toContain('asset.function');
});

it('tells a function about itself and how much time it has left', async () => {
  const context = await answer({ do: 'context' });
  expect(context).toMatchObject({ functionName: 'fixture', memoryLimitInMB: '256', awsRequestId: expect.any(String) });
  expect(Number(context['left'])).toBeGreaterThan(1000);
  expect(Number(context['left'])).toBeLessThanOrEqual(2000);
});

it.each(['fail', 'exit', 'hang', 'spin'])(
  'answers 502 when a function must %s, and is there for the next call',
  async (how) => {
    const response = await ask({ do: how });
    expect([response.status, await response.text()]).toEqual([502, '{"message":"Internal server error"}']);
    expect((await ask({ do: 'env' })).status).toBe(200);
  },
);

it('keeps why a function failed in its log', async () => {
  await ask({ do: 'fail' });
  await ask({ do: 'spin' });
  expect(run.functionLog()).toContain('"errorType":"TypeError","errorMessage":"asked to fail"');
  expect(run.functionLog()).toContain('Task timed out after 2.00 seconds');
});

it('keeps what a function writes as it came, one line each', async () => {
  await ask({ do: 'say', line: { lead: 'Zoë' } });
  await until('written', async () => run.functionLog().includes('"log":{"lead":"Zoë"}'));
});

it('works through a queue with as many threads as the template and this machine allow', async () => {
  for (let index = 0; index < 12; index += 1) await send({ do: 'wait', ms: 300 });
  const busy = async () => (await run.queues()).find(({ name }) => name === 'Fixture-Work')?.inFlight ?? 0;
  let most = 0;
  await until('all done', async () => {
    const [now, { visible = 0 } = {}] = [
      await busy(),
      (await run.queues()).find(({ name }) => name === 'Fixture-Work'),
    ];
    most = Math.max(most, now);
    return now === 0 && visible === 0;
  });
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(3);
});

it.each([
  ['nothing', null, []],
  ['no failures', { batchItemFailures: [] }, []],
  ['failures as null', { batchItemFailures: null }, []],
  ['one of them', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
  ['an id that is not in the batch', { batchItemFailures: [{ itemIdentifier: 'x' }] }, ['a', 'b']],
  ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b']],
  ['no id', { batchItemFailures: [{}] }, ['a', 'b']],
  ['no list', { batchItemFailures: 'b' }, ['a', 'b']],
])('takes a batch whose function answers %s as Lambda does', (_, said, failed) => {
  expect([...failedIds(said, ['a', 'b'])]).toEqual(failed);
});
