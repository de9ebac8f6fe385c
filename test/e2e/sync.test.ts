import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { alertsOf, atRest, told } from './alerts.ts';
import { closeLead } from './close-lead.ts';
import { runCommand } from './command.ts';
import { atHubspot, hubspotContact, hubspotEvent, portalOf, postEvents } from './hubspot-contact.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, pageOf, postDelivery } from './meta-lead.ts';
import { until } from './until.ts';

interface Account {
  source: string;
  account: string | null;
  vendor: number;
  ours: number;
  difference: number;
  compared_until: string | null;
  webhook: string | null;
}

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal({
    edit: ({ Resources }) => {
      for (const [id, { Type, Properties }] of Object.entries(Resources))
        if (Type === 'AWS::Events::Rule' && id.startsWith('SyncEvery'))
          Object.assign(Properties, { State: 'ENABLED', ScheduleExpression: 'rate(1 minute)' });
    },
  });
});
afterAll(() => run.stop());

async function api(method: string, path: string): Promise<{ status: number; data: unknown }> {
  const [tenant] = run.settings.tenants;
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const user = JSON.stringify({ user: tenant?.users[2] });
  const { token } = (await (await fetch(`${run.url}/local/token`, { ...asked, body: user })).json()) as {
    token: string;
  };
  const response = await fetch(`${run.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, data: ((await response.json()) as { data: unknown }).data };
}
const completeness = async () => (await api('GET', '/api/completeness')).data as Account[];
const at = async (source: string) => (await completeness()).find((row) => row.source === source);
const sync = (...args: string[]) => runCommand('sync', { run, args: ['--tenant', 'north', '--json', ...args] });

it('what webhooks did not bring comes once, by itself, marked as late, and both counts are the same', async () => {
  const leads = [1, 2, 3].map(() => metaLead(pageOf(run, 'north')));
  const contacts = [1, 2].map(() => hubspotContact(portalOf(run, 'north')));
  await run.fault('webhooks', { status: 500, times: 5 });
  for (const lead of leads) {
    await atGraph(run, lead);
    expect((await postDelivery(run, deliveryOf([lead]))).status).toBe(500);
  }
  for (const contact of contacts) {
    await atHubspot(run, contact);
    expect((await postEvents(run, [hubspotEvent(contact, 'contact.creation')])).status).toBe(500);
  }
  for (const id of [...leads.map((lead) => lead.id), ...contacts.map(({ leadId }) => leadId)]) {
    await until(`${id} fetched`, async () => (await run.outcomes(id)).some(({ outcome }) => outcome === 'done'), 240);
    const { text } = await told(run, id, 'slack');
    expect(text).toMatch(/New Lead Alert: LATE \d+ min · /);
  }
  await until(
    'counts that are the same',
    async () => (await at('meta'))?.ours === 3 && (await at('hubspot'))?.ours === 2,
  );
  expect(await at('meta')).toMatchObject({ vendor: 3, ours: 3, difference: 0 });
  expect(await at('hubspot')).toMatchObject({ vendor: 2, ours: 2, difference: 0 });
  await atRest(run);
  for (const { id } of leads) expect(await alertsOf(run, id)).toHaveLength(2);
  await until('the alarm', async () =>
    (await run.alarms()).some(({ name, state }) => name.endsWith('leads-were-missing') && state === 'ALARM'),
  );
});

it('a webhook and a comparison that bring the same lead at the same time are one', async () => {
  const leads = [1, 2, 3, 4].map(() => metaLead(pageOf(run, 'north')));
  for (const lead of leads) await atGraph(run, lead);
  const [{ code, said }] = await Promise.all([
    sync('meta'),
    ...leads.map((lead) => postDelivery(run, deliveryOf([lead]))),
  ]);
  expect({ code, said }).toMatchObject({ code: 0 });
  for (const { id } of leads) await told(run, id, 'slack');
  await atRest(run);
  for (const { id } of leads) expect(await alertsOf(run, id)).toHaveLength(2);
  expect(await at('meta')).toMatchObject({ difference: 0 });
});

it('a change that no webhook told of is known after the comparison', async () => {
  const contact = hubspotContact(portalOf(run, 'north'));
  await atHubspot(run, contact);
  await postEvents(run, [hubspotEvent(contact, 'contact.creation')]);
  await told(run, contact.leadId, 'slack');
  const later = Date.now();
  const changed = hubspotContact(contact.portal, { firstname: 'Renamed' }, { id: contact.id, updatedAt: later });
  await atHubspot(run, { ...changed, record: { ...changed.record, createdAt: contact.record.createdAt } });
  expect((await sync('hubspot')).code).toBe(0);
  await until('the new name', async () => {
    const { data } = await api('GET', `/api/leads/${contact.leadId}`);
    return JSON.stringify(data).includes('Renamed');
  });
});

it('a hundred older leads are imported once each, without an alert, and counted', async () => {
  const old = Array.from({ length: 100 }, () => metaLead(pageOf(run, 'north')));
  const createdAt = new Date(Date.now() - 40 * 24 * 3600_000).toISOString().replace(/\.\d+Z$/, '+0000');
  for (const lead of old) await atGraph(run, { ...lead, record: { ...lead.record, created_time: createdAt } });
  expect((await sync('meta')).code).toBe(0);
  const before = (await at('meta'))?.ours ?? 0;
  expect(await run.outcomes(old[0]?.id)).toEqual([]);
  const { code, said } = await sync('meta', '--since', '90d', '--quiet');
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(await at('meta')).toMatchObject({ ours: before + old.length, difference: 0 });
  await atRest(run);
  const outcomes = await run.outcomes();
  for (const { id } of old)
    expect(outcomes.filter((row) => row.lead_id === id).map(({ outcome }) => outcome)).toEqual(['done']);
  const ids = new Set(old.map(({ id }) => id));
  expect((await run.inbox()).filter(({ channel, lead_id }) => channel !== 'topic' && ids.has(lead_id ?? ''))).toEqual(
    [],
  );
});

it('a webhook that Close had paused is on again, and what came meanwhile is here', async () => {
  const { publicUrl } = run.settings;
  const subscription = { id: 'whsub_1', url: `${publicUrl}/webhooks/close`, status: 'paused', events: [] };
  await run.vendor('close', 'webhook', { json: { data: [subscription], has_more: false } });
  const SecretId = 'lead-relay/local/north/close-api-key';
  await run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'api_key' }));
  // The first comparison begins to count.
  expect((await sync('close')).code).toBe(0);
  const lead = closeLead('paused');
  const { event } = JSON.parse(lead.body) as { event: { data: Record<string, unknown> } };
  const now = new Date().toISOString().replace('Z', '+00:00');
  await run.vendor('close', `lead/${lead.id}`, {
    json: { ...event.data, id: lead.id, date_created: now, date_updated: now },
  });
  expect((await sync('close')).code).toBe(0);
  expect((await told(run, lead.id, 'slack')).text).toContain('LATE');
  expect(await at('close')).toMatchObject({ vendor: 1, ours: 1 });
  expect((await at('close'))?.webhook).toMatch(/active|woken/);
  const { data } = (await (await fetch(`${run.url}/local/vendors/close/webhook/`)).json()) as {
    data: { status: string }[];
  };
  expect(data[0]?.status).toBe('active');
});
