import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { alertsOf, atRest, deadLetters } from './alerts.ts';
import { closeLead, postLead } from './close-lead.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { hideFor } from './template-parts.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  // A message of a worker that died comes back when it is no longer hidden; the lease, as long as the time-out, is over by then.
  run = await startLocal({
    edit: (template) => {
      hideFor(template, 'CaptureQueue', 10);
      hideFor(template, 'OwnerQueue', 10);
    },
  });
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

/** More calls than a lead takes, so that the last crashes never come and their leads are told as usual. */
const CALLS = 24;

it('tells every lead whose worker dies after any one call of capture or process, and at most the alert being sent twice', async () => {
  const leads = Array.from({ length: CALLS }, (_, index) => ({ ...closeLead(`crash${index}x`), after: index + 1 }));
  // One after the other: a crash kills a worker, and with it whatever else would run there.
  for (const lead of leads) {
    await run.crash(lead.id, lead.after);
    // `ingest` dies too: then Close has no answer and sends again.
    await until('answered', async () => (await postLead(run, lead)).status === 200);
  }
  await until(
    'all told',
    async () => {
      const told = await Promise.all(
        leads.map(async ({ id }) => new Set((await alertsOf(run, id)).map(({ channel }) => channel)).size),
      );
      return told.every((channels) => channels === 2);
    },
    200,
  );
  await atRest(run);
  const counts = await Promise.all(
    leads.map(async ({ id, after }) => ({
      after,
      slack: (await alertsOf(run, id, 'slack')).length,
      email: (await alertsOf(run, id, 'email')).length,
    })),
  );
  // Both channels are told at the same time: a crash may catch both between send and record.
  expect(counts.filter(({ slack, email }) => slack > 2 || email > 2)).toEqual([]);
  const repeated = counts.filter(({ slack, email }) => slack > 1 || email > 1);
  expect(repeated.length).toBeLessThanOrEqual(6);
  // Capture and process make sixteen calls for a lead and more: that many workers must really have died.
  expect(run.functionLog().match(/Runtime\.ExitError/g)?.length ?? 0).toBeGreaterThanOrEqual(15);
  expect(await deadLetters(run, 'Owner')).toBe(0);
  expect(await deadLetters(run, 'Capture')).toBe(0);
  for (const { id } of leads) expect(await run.outcomes(id)).toMatchObject([{ outcome: 'done' }]);
});
