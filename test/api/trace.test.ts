import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Trace } from '../../lambdas/api/schemas/trace.ts';
import { startApi } from '../fixtures/api-world.ts';
import { enrichedLead, fullFacts } from '../fixtures/lead.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

const show = async (id: string) => {
  const { status, body } = await world.as().get(`/api/leads/${id}/trace`);
  expect(status).toBe(200);
  return Trace.parse(body.data);
};
const at = (time: string) => `2026-03-05T13:${time}.000Z`;
const from = { tenant: 'north', source: 'close', rawKey: 'source/first.json', mark: 'source/first.json#1' };

describe('what happened to a lead', () => {
  it('is every point that the steps noted, with the time between, by one query', async () => {
    const id = 'lead_told';
    const lead = await world.lead(0, { id, dueAt: at('40:00'), rawKey: from.rawKey, facts: fullFacts });
    const { recordEvent } = await import('../../lambdas/aws/event-table.ts');
    const event = { id: 'ev_1', type: 'lead.created', leadId: id, effect: 'new_lead' as const };
    const delivery = { receivedAt: at('30:00'), storedAt: at('30:00'), origin: 'webhook' as const, digest: 'abc' };
    await recordEvent('leads', event, { ...from, delivery }, { outcome: 'done', at: at('30:02') });
    await world.leads.markQueued('leads', lead, at('30:01'));
    const lookups = [{ directory: 'lookup', said: 'owner' as const, at: at('40:01') }];
    await world.leads.markLookedUp('leads', { ...enrichedLead, lead_id: id }, lookups, at('40:02'));
    await world.leads.markEnriched('leads', lead, at('40:03'));
    const { leaseChannel, settleChannel } = await import('../../lambdas/aws/channel-table.ts');
    await leaseChannel('leads', lead, 'slack', { now: 0, until: 1 });
    await settleChannel('leads', lead, 'slack', { state: 'told', detail: 'ok', at: at('40:04') });
    await world.leads.markTold('leads', lead, at('40:05'));
    world.clock.now = Date.parse(at('50:00'));
    world.calls.length = 0;

    const trace = await show(id);
    expect(world.calls).toEqual(['QueryCommand']);
    expect(trace).toMatchObject({ id, name: fullFacts.display_name, source_label: 'Close', is_lead: true });
    expect(trace.standing).toEqual({ state: 'done', says: 'People were told.', since: at('40:05') });
    expect(trace.points.map(({ at: time, after_ms, what }) => `${time?.slice(14, 19)} ${after_ms} ${what}`)).toEqual([
      '30:00 null Received',
      '30:00 0 Verified and stored',
      '30:00 0 Understood and kept',
      '30:01 1000 Put into its wait',
      '30:02 1000 Event lead.created',
      '40:00 598000 The wait was over',
      '40:01 1000 Asked the lookup bucket',
      '40:02 1000 Owner looked up',
      '40:03 1000 Enriched',
      '40:04 1000 Told by Slack',
      '40:05 1000 Told',
    ]);
  });

  it('is known also of one that could not be read yet', async () => {
    const { recordEvent } = await import('../../lambdas/aws/event-table.ts');
    const event = { id: 'ev_2', type: 'leadgen', leadId: '9001', effect: 'new_lead' as const };
    const settled = { outcome: 'parked' as const, reason: 'the token is not valid', at: at('30:02') };
    await recordEvent('leads', event, { ...from, source: 'meta' }, settled);
    world.clock.now = Date.parse(at('50:00'));
    expect(await show('9001')).toMatchObject({
      name: null,
      source_label: 'Meta',
      is_lead: false,
      standing: { state: 'stuck', says: 'It waits to be read: the token is not valid.', since: at('30:02') },
    });
  });

  it('is nothing where there is no such lead, or it is another tenant’s', async () => {
    await world.lead(3, { id: 'lead_south', tenant: 'south' });
    for (const id of ['lead_south', 'lead_unknown', 'not%20an%20id']) {
      const { status, body } = await world.as().get(`/api/leads/${id}/trace`);
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
    expect((await world.as({ tenant: 'south' }).get('/api/leads/lead_south/trace')).status).toBe(200);
  });
});
