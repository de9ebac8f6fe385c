import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as ChannelTable from '../../lambdas/aws/channel-table.ts';
import type * as LeadTable from '../../lambdas/aws/lead-table.ts';
import type * as PauseTable from '../../lambdas/aws/pause-table.ts';
import { fullFacts, lead } from '../fixtures/lead.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let pauses: typeof PauseTable;
let leads: typeof LeadTable;
let channels: typeof ChannelTable;
beforeAll(async () => {
  table = await startTable();
  pauses = await import('../../lambdas/aws/pause-table.ts');
  leads = await import('../../lambdas/aws/lead-table.ts');
  channels = await import('../../lambdas/aws/channel-table.ts');
});
afterAll(() => table.stop());

const { tenant, lead_id, source, receivedAt, dueAt, rawKey, isTest } = lead;
const waitingUntil = '2026-03-05T14:00:00.000Z';
const gaveUp = { at: '2026-03-06T13:40:00.000Z', reason: 'waited 24 hours: slack: 500' };

it('a lead says until when it waits, and that it was given up, at its old place among the changed ones', async () => {
  const created = { receivedAt, dueAt, rawKey, isTest };
  await leads.saveLead(TABLE, { tenant, lead_id, source, facts: fullFacts, asOf: receivedAt, created }, receivedAt);
  await pauses.notePause(TABLE, { tenant, lead_id }, { waitingUntil });
  await pauses.notePause(TABLE, { tenant, lead_id }, { gaveUp });
  const row = await leads.leadNow(TABLE, { tenant, lead_id });
  expect(row).toMatchObject({ waitingUntil, gaveUp, updatedAt: receivedAt, GSI3PK: 'north#DUE' });
});

it('of a lead that is not there nothing is noted', async () => {
  await pauses.notePause(TABLE, { tenant, lead_id: 'lead_gone' }, { waitingUntil });
  expect(await table.row('north#LEAD#lead_gone', 'LEAD')).toBeUndefined();
});

it('a digest says so on its record, also before anybody began to tell it, and can be told then', async () => {
  const place = { tenant, channel: 'slack', window: 7 };
  await pauses.notePause(TABLE, place, { waitingUntil });
  const digest = { tenant, lead_id: 'digest_slack_7' };
  expect(await channels.channelRecordOf(TABLE, digest, 'slack')).toMatchObject({ waitingUntil });
  expect(await channels.leaseChannel(TABLE, digest, 'slack', { now: 1000, until: 2000 })).toMatchObject({
    attempts: 1,
  });
});
