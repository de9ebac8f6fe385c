import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { LeadDetail } from '../../lambdas/api/schemas/lead.ts';
import { enrichedLead, fullFacts } from '../fixtures/lead.ts';
import { startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

const show = async (id: string) => {
  const { status, body } = await world.as().get(`/api/leads/${id}`);
  expect(status).toBe(200);
  return LeadDetail.parse(body.data);
};
const put = (Item: object) =>
  world.client.send(new PutCommand({ TableName: 'leads', Item: Item as Record<string, unknown> }));

describe('a lead', () => {
  it('tells from webhook to alert what happened, when, and in words of people who sell', async () => {
    const id = 'lead_told';
    const dueAt = '2026-03-05T13:40:00.000Z';
    const lead = await world.lead(0, { id, dueAt, rawKey: 'source/first.json', facts: fullFacts });
    await world.leads.markQueued('leads', lead, '2026-03-05T13:30:01.000Z');
    const enriched = { ...enrichedLead, lead_id: id };
    await world.leads.markLookedUp('leads', enriched, [], '2026-03-05T13:40:01.000Z');
    await world.leads.markEnriched('leads', lead, '2026-03-05T13:40:02.000Z');
    const { leaseChannel, settleChannel } = await import('../../lambdas/aws/channel-table.ts');
    for (const [channel, state, at] of [
      ['slack', 'told', '2026-03-05T13:40:03.000Z'],
      ['email', 'refused', '2026-03-05T13:40:04.000Z'],
    ] as const) {
      await leaseChannel('leads', lead, channel, { now: 0, until: 1 });
      await settleChannel('leads', lead, channel, { state, detail: 'https://hooks.example/secret', at });
    }
    await world.leads.markTold('leads', lead, '2026-03-05T13:40:05.000Z');
    const { recordEvent, countRepeat } = await import('../../lambdas/aws/event-table.ts');
    const from = { tenant: 'north', source: 'close', rawKey: 'source/first.json' };
    const event = { id: 'ev_1', type: 'lead.created', leadId: id, effect: 'new_lead' as const };
    const at = '2026-03-05T13:30:02.000Z';
    await recordEvent('leads', event, { ...from, mark: 'a#1' }, { outcome: 'done', at });
    for (const mark of ['b#1', 'c#1']) await countRepeat('leads', event, { ...from, mark }, at);
    const update = { id: 'ev_2', type: 'lead.updated', leadId: id, effect: 'update' as const };
    const later = { ...from, rawKey: 'source/second.json', mark: 'd#1' };
    await recordEvent('leads', update, later, { outcome: 'done', at: '2026-03-05T13:35:00.000Z' });
    world.clock.now = Date.parse('2026-03-05T14:00:00.000Z');
    await world.as().post(`/api/leads/${id}/touches`, { kind: 'called' });

    const known = await show(id);
    expect(known.timeline.map(({ at: when, kind, text }) => `${when.slice(11, 19)} ${kind}: ${text}`)).toEqual([
      '13:30:00 received: Close sent it, received 3 times',
      '13:30:00 captured: It was read and kept',
      '13:35:00 event: Close changed it',
      '13:40:00 due: The wait for its owner was over',
      '13:40:01 looked_up: Its owner is Grace Hopper',
      '13:40:02 enriched: It was passed on with its owner',
      '13:40:03 told: Told by Slack',
      '13:40:04 refused: e-mail did not take the alert, and will not',
      '14:00:00 touched: Ana Diaz called',
    ]);
    expect(known.receipts).toEqual([
      { channel: 'email', state: 'refused', at: '2026-03-05T13:40:04.000Z' },
      { channel: 'slack', state: 'told', at: '2026-03-05T13:40:03.000Z' },
    ]);
    expect(JSON.stringify(known)).not.toContain('secret');
    expect(known).toMatchObject({
      owner: 'Grace Hopper',
      told_at: '2026-03-05T13:40:05.000Z',
      answers: fullFacts.answers,
      known: [
        { label: 'Funnel', value: 'Webinar' },
        { label: 'Platform', value: 'Instagram' },
        { label: 'Form', value: 'Spring form' },
        { label: 'Campaign', value: 'Spring campaign' },
        { label: 'UTM source', value: 'newsletter' },
      ],
      crm: {
        label: 'Close',
        link: `https://app.close.com/lead/${id}/`,
        status: 'Potential',
        owner: 'Grace Hopper',
      },
    });
  });

  it('is read with one query of its own rows, however many there are', async () => {
    await world.lead(1, { id: 'alone' });
    world.calls.length = 0;
    await show('alone');
    expect([...world.calls].sort()).toEqual(['GetItemCommand', 'GetItemCommand', 'QueryCommand']);
  });

  it('shows other leads of the same person, of this tenant alone, each once', async () => {
    const { rememberLead } = await import('../../lambdas/aws/person-table.ts');
    const facts = { lead_email: 'same@example.org', phone: '+14155550111' };
    for (const [number, id, tenant] of [
      [1, 'same_1', 'north'],
      [2, 'same_2', 'north'],
      [3, 'same_3', 'south'],
    ] as const) {
      const lead = await world.lead(number, { id, tenant, facts });
      for (const identifier of ['email:same@example.org', 'phone:+14155550111'])
        await rememberLead('leads', tenant, identifier, lead);
    }
    expect((await show('same_1')).same_person).toEqual([
      {
        id: 'same_2',
        name: 'Person 2',
        received_at: '2026-03-05T13:30:02.000Z',
        source_label: 'Close',
        owner: null,
        status: 'new',
      },
    ]);
  });

  it('links to nothing but valid numbers and addresses, and to its own CRM', async () => {
    await world.lead(1, {
      id: 'hostile',
      facts: {
        display_name: '<img src=x onerror=alert(1)>',
        lead_email: 'javascript:alert(1)//@example.org?cc=x',
        phone: 'javascript:alert(1)',
        attribution: { platform: '__proto__', valueOf: '=1+1', '<b>': 'x' },
      },
    });
    const known = await show('hostile');
    expect(known.links).toEqual({ phone: null, whatsapp: null, email: null });
    expect(known.name).toBe('<img src=x onerror=alert(1)>');
    expect(known.crm.link).toBe('https://app.close.com/lead/hostile/');
    expect(known.known).toEqual([
      { label: 'Platform', value: '__proto__' },
      { label: 'valueOf', value: '=1+1' },
      { label: '<b>', value: 'x' },
    ]);
  });

  it('of a digest’s record, a contact that never was a lead, or a channel alone is none', async () => {
    await put({ PK: 'north#LEAD#digest_slack_1', SK: 'LEAD#slack', state: 'told' });
    await put({ PK: 'north#LEAD#1_2', SK: 'LEAD', facts: fullFacts, updatedAt: '2026-03-05T13:30:00.000Z' });
    for (const id of ['digest_slack_1', '1_2', 'nothing'])
      expect(await world.as().get(`/api/leads/${id}`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('of the release before this one, or of a source that is gone, is shown as far as it is known', async () => {
    await world.lead(1, { id: 'older', source: 'pipedrive' });
    const remove = 'REMOVE capturedAt, updatedAt';
    const Key = { PK: 'north#LEAD#older', SK: 'LEAD' };
    await world.client.send(new UpdateCommand({ TableName: 'leads', Key, UpdateExpression: remove }));
    expect(await show('older')).toMatchObject({
      source_label: 'pipedrive',
      updated_at: '2026-03-05T13:30:01.000Z',
      crm: { label: 'pipedrive', link: null },
    });
  });
});
