import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { saveReport } from '../../lambdas/aws/doctor-table.ts';
import { fine, wrong } from '../../lambdas/core/finding.ts';
import { startApi } from '../fixtures/api-world.ts';
import { TABLE } from '../fixtures/table.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

const at = '2026-03-05T13:00:00.000Z';
const of = { tenant: 'north', source: 'meta', account: '111' };
const ailment = { cause: 'It ended.', consequence: 'Leads wait.', cure: 'npm run pages -- token 111' };

it('before the first examination nothing is known', async () => {
  const { status, body } = await world.as({ role: 'admin' }).get('/api/doctor');
  expect([status, body.data]).toEqual([200, { examined_at: null, findings: [] }]);
});

it('an admin sees what was found of the own tenant, with what mends it, and nothing of the stage or of others', async () => {
  const leads = [{ tenant: 'north', source: 'close', lead_id: 'lead_1', sentAt: 1 }];
  await saveReport(TABLE, 'north', {
    at,
    findings: [wrong('expiry', of, ailment), fine('emails', { tenant: 'north' }, 'All have confirmed.')],
    leads,
  });
  await saveReport(TABLE, 'none', { at, findings: [wrong('dead-letters', {}, ailment)], leads: [] });
  const { body } = await world.as({ role: 'admin' }).get('/api/doctor');
  expect(body.data).toEqual({
    examined_at: at,
    findings: [
      { id: 'expiry', state: 'wrong', source_label: 'Meta', account: '111', ...ailment },
      {
        id: 'emails',
        state: 'ok',
        source_label: null,
        account: null,
        cause: 'All have confirmed.',
        consequence: null,
        cure: null,
      },
    ],
  });
  const { body: other } = await world.as({ role: 'admin', tenant: 'south' }).get('/api/doctor');
  expect(other.data).toEqual({ examined_at: null, findings: [] });
});
