import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { alertsOf, deadLetters, told } from './alerts.ts';
import { closeLead, postLead } from './close-lead.ts';
import { runCommand } from './command.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { allRows } from './stores.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

const nameOf = async (construct: string) =>
  (await run.queues()).map(({ name }) => name).find((name) => name.includes(construct) && !name.includes('Dead')) ?? '';
const urlOf = async (construct: string) => `${run.aws}/000000000000/${await nameOf(construct)}`;
const ask = async (message: object) =>
  run.sqs.send(
    new SendMessageCommand({ QueueUrl: await urlOf('SweepQueue'), MessageBody: JSON.stringify({ v: 1, ...message }) }),
  );
const rowOf = async (id: string) => {
  const rows = (await allRows(run)).filter((row) => row.includes(`LEAD#${id}"`) && row.includes('"SK":{"S":"LEAD"}'));
  return rows[0] ?? '';
};
/** Calls that carry the lead's id up to the write of its row: the put, the read, its event, the row. */
const ROW_IS_WRITTEN = 4;

it('starts again what got lost on its way, once each, and says so', async () => {
  await ask({ sweep: 'due' });
  await until('first look', async () => (await allRows(run)).some((row) => row.includes('none#SWEEP')));

  const [untold, unread, died, fine] = [closeLead('untold'), closeLead('unread'), closeLead('died'), closeLead('fine')];
  await postLead(run, untold);
  await until('in its wait', async () => (await run.outcomes(untold.id)).some(({ outcome }) => outcome === 'done'));
  await run.sqs.send(new PurgeQueueCommand({ QueueUrl: await urlOf('OwnerQueue') }));

  await run.fault('announcements', { hang: true, times: 1 });
  expect((await postLead(run, unread)).status).toBe(200);
  await run.crash(died.id, ROW_IS_WRITTEN);
  await postLead(run, died);
  await until('died', async () => (await rowOf(died.id)) !== '');
  expect(await rowOf(died.id)).not.toContain('queuedAt');
  await postLead(run, fine);
  await told(run, fine.id, 'slack');
  await told(run, fine.id, 'email');

  const dry = await runCommand('sweep', { run, args: ['--full', '--older-than', '0', '--dry-run', '--json'] });
  const { found } = JSON.parse(dry.said) as {
    found: { loss: string; lead_id: string | null; raw_key: string | null }[];
  };
  const lost = found.map(({ loss, lead_id, raw_key }) => `${loss} ${lead_id ?? raw_key}`).toSorted();
  expect([dry.code, lost]).toEqual([
    2,
    [`not_captured source/crm_event_${unread.id}.json`, `not_queued ${died.id}`, `not_told ${untold.id}`],
  ]);

  await ask({ sweep: 'due', olderThan: 0 });
  await ask({ sweep: 'stored', olderThan: 0 });
  for (const { id } of [untold, unread, died])
    for (const channel of ['slack', 'email'] as const) await told(run, id, channel);
  await until('alarm', async () =>
    (await run.alarms()).some(({ name, state }) => name.endsWith('-rescued') && state === 'ALARM'),
  );
  expect(
    (await run.inbox()).filter(({ channel, text }) => channel === 'alarm' && text.includes('-rescued')),
  ).toHaveLength(1);

  const again = await runCommand('sweep', { run, args: ['--full', '--older-than', '0', '--json'] });
  expect([again.code, again.said]).toEqual([0, expect.stringContaining('"found":[]')]);
  for (const { id } of [untold, unread, died, fine]) {
    const alerts = await alertsOf(run, id);
    expect(alerts.map(({ channel }) => channel).toSorted()).toEqual(['email', 'slack']);
  }
  const rescues = await Promise.all(
    [untold, unread, died, fine].map(async ({ id }) => (await rowOf(id)).includes('rescues')),
  );
  expect(rescues).toEqual([true, true, true, false]);
  const trace = await runCommand('trace', { run, args: [unread.id] });
  expect(trace.said).toContain('it had got lost before it was read');
  expect([await deadLetters(run, 'Owner'), await deadLetters(run, 'Capture')]).toEqual([0, 0]);
});
