import { expect, it } from '@jest/globals';
import { comesBackSoon, sendWithDyingWorkers } from './dying-workers.ts';
import { expectDiscretion } from './discretion.ts';
import { startLocal } from './local-run.ts';

/** `npm run bench` does the same with 1,000. */
const LEADS = 100;
const CRASHES = 24;

it('loses and doubles none of the leads of one delivery, though its workers die again and again', async () => {
  await using run = await startLocal({ edit: comesBackSoon });
  const { status, deaths, missing, repeated, deadLetters } = await sendWithDyingWorkers(run, {
    leads: LEADS,
    crashes: CRASHES,
  });
  expect({ status, missing, deadLetters }).toEqual({ status: 200, missing: 0, deadLetters: 0 });
  expect(deaths).toBeGreaterThanOrEqual(CRASHES / 3);
  // Only the alert that was being sent when its worker died may come twice, on both channels.
  expect(repeated).toBeLessThanOrEqual(deaths);
  await expectDiscretion(run);
});
