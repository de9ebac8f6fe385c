import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alertsOf, atRest, told } from './alerts.ts';
import { closeLead, MARKER, postLead } from './close-lead.ts';
import { runCommand } from './command.ts';
import type { InboxMessage } from './console.ts';
import { expectDiscretion } from './discretion.ts';
import {
  atHubspot,
  changed,
  type Contact,
  hubspotContact,
  hubspotEvent,
  hubspotSigned,
  portalOf,
  postEvents,
} from './hubspot-contact.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, metaLead, pageOf, postDelivery, deliveryOf } from './meta-lead.ts';
import { allObjects, allRows } from './stores.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

/** What the category topic's subscribers got of a lead: `leads-pending`. */
const topicOf = async (leadId: string): Promise<string[]> =>
  (await run.inbox()).filter(({ channel, lead_id }) => channel === 'topic' && lead_id === leadId).map(({ to }) => to);
const announced = (leadId: string, ...queues: string[]) =>
  until(
    `${leadId} in ${queues.join()}`,
    async () => (await topicOf(leadId)).length >= queues.length && topicOf(leadId),
  );

async function targetOf({ leadId }: Contact): Promise<Record<string, unknown>> {
  const Key = `target/hubspot_lead_${leadId}.json`;
  const { Body } = await run.s3.send(new GetObjectCommand({ Bucket: run.settings.bucket, Key }));
  return JSON.parse((await Body?.transformToString()) ?? '') as Record<string, unknown>;
}
const random = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

describe('HubSpot', () => {
  it('creation and ten changes in any order, each sent three times, are one contact, eleven events, one alert and one category', async () => {
    const past = Date.now() - 60_000;
    const contact = hubspotContact(portalOf(run, 'north'), { company: 'Old' }, { updatedAt: past });
    await atHubspot(run, contact);
    await run.vendor('hubspot', 'crm/v3/owners/77120045', {
      json: { id: '77120045', email: 'ana@north.example', firstName: 'Ana', lastName: 'Prieto', userId: 9 },
    });
    const values: [string, string][] = [
      ['firstname', 'Zoë'],
      ['lastname', `${MARKER} Stale`],
      ['lastname', `${MARKER} Newest`],
      ['phone', '+49 30 901820'],
      ['company', `${MARKER} GmbH`],
      ['hs_lead_status', 'NEW'],
      ['hs_lead_status', 'OPEN'],
      ['utm_source', 'newsletter'],
      ['hubspot_owner_id', '77120045'],
      ['message', `Call ${MARKER}`],
    ];
    const events = [
      hubspotEvent(contact, 'contact.creation', { changeFlag: 'CREATED', occurredAt: past }),
      ...values.map(([name, value], n) => changed(contact, name, value, { occurredAt: past + 1000 + n })),
    ];
    // The owner is known to the contact itself once the wait is over.
    await atHubspot(run, {
      ...contact,
      record: { ...contact.record, properties: { ...contact.record.properties, hubspot_owner_id: '77120045' } },
    });
    const attempts = [0, 1, 2].map((attemptNumber) => random(events).map((event) => ({ ...event, attemptNumber })));
    const answers = await Promise.all(
      attempts.flatMap((all) => [all.slice(0, 4), all.slice(4)]).map((batch) => postEvents(run, batch)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const alert = await told(run, contact.leadId, 'slack');
    await told(run, contact.leadId, 'email');
    await atRest(run);
    expect(alert.text).toContain(`Zoë ${MARKER} Newest`);
    expect(alert.text).toContain('Owner: Ana Prieto');
    expect(await targetOf(contact)).toMatchObject({
      lead_id: contact.leadId,
      source: 'hubspot',
      display_name: `Zoë ${MARKER} Newest`,
      phone: '+4930901820',
      company: `${MARKER} GmbH`,
      status_label: 'OPEN',
      lead_owner: 'Ana Prieto',
      lead_owner_email: 'ana@north.example',
      utm: { source: 'newsletter' },
      category: 'pending',
    });
    expect(await alertsOf(run, contact.leadId)).toHaveLength(2);
    const outcomes = await run.outcomes(contact.leadId);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(11).fill('done'));
    expect(await topicOf(contact.leadId)).toEqual(['leads-pending']);
    const { said } = await runCommand('events', { run, args: [contact.leadId] });
    expect(said.match(/received 3 times/g)).toHaveLength(11);
    const rows = (await allRows(run)).filter(
      (row) => row.includes('"SK":{"S":"CONTACT"}') && row.includes(contact.leadId),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(`"last_name":{"S":"${MARKER} Newest"}`);
  });

  it('a batch that is redelivered ten times with other attempt numbers is told once', async () => {
    const contacts = Array.from({ length: 5 }, () => hubspotContact(portalOf(run, 'south')));
    for (const contact of contacts) await atHubspot(run, contact);
    const events = contacts.map((contact) => hubspotEvent(contact, 'object.creation', { objectTypeId: '0-1' }));
    for (let attemptNumber = 0; attemptNumber < 10; attemptNumber += 1)
      expect(
        (
          await postEvents(
            run,
            events.map((event) => ({ ...event, attemptNumber })),
          )
        ).status,
      ).toBe(200);
    for (const { leadId } of contacts) await told(run, leadId, 'email');
    await atRest(run);
    for (const { leadId } of contacts) {
      expect(await alertsOf(run, leadId)).toHaveLength(2);
      expect(await topicOf(leadId)).toEqual(['leads-pending']);
    }
  });

  it('two tenants with the same object id, address and number have each its own contact and its own memory', async () => {
    const shared = { email: `same@${MARKER}.example.org`, phone: '+4930901821' };
    const id = '90817263599';
    const [north, south] = ['north', 'south'].map((tenant) =>
      hubspotContact(portalOf(run, tenant), tenant === 'north' ? { ...shared, lifecyclestage: 'customer' } : shared, {
        id,
      }),
    ) as [Contact, Contact];
    await atHubspot(run, north);
    await postEvents(run, [hubspotEvent(north, 'contact.creation')]);
    await announced(north.leadId, 'leads-subscribed');
    await atHubspot(run, south);
    await postEvents(run, [hubspotEvent(south, 'contact.creation')]);
    const alert = await told(run, south.leadId, 'slack');
    expect(alert.text).not.toContain('Seen before');
    expect(await topicOf(south.leadId)).toEqual(['leads-pending']);
    expect((await told(run, north.leadId, 'slack')).text).toContain('Already subscribed');
  });

  it('a member is alerted as already subscribed whichever source they come from, and each change of category is announced', async () => {
    const email = `member@${MARKER}.example.org`;
    const lead = metaLead(pageOf(run, 'north'));
    lead.record['field_data'] = [
      { name: 'full_name', values: [`Zoë ${MARKER}`] },
      { name: 'email', values: [email.toUpperCase()] },
    ];
    await atGraph(run, lead);
    await postDelivery(run, deliveryOf([lead]));
    await told(run, lead.id, 'slack');
    expect(await topicOf(lead.id)).toEqual(['leads-pending']);
    const contact = hubspotContact(portalOf(run, 'north'), { email });
    await atHubspot(run, contact);
    await postEvents(run, [
      hubspotEvent(contact, 'contact.creation', { occurredAt: Date.now() - 5000 }),
      changed(contact, 'lifecyclestage', 'customer', { occurredAt: Date.now() + 1000 }),
    ]);
    const alert = await told(run, contact.leadId, 'slack');
    expect(alert.text).toContain('Already subscribed');
    expect(alert.text).toMatch(/Seen before: 1 lead, last today \d\d:\d\d, owner Frauke Lindner/);
    await until('the lead of Meta is subscribed', async () => (await topicOf(lead.id)).includes('leads-subscribed'));
    expect(await topicOf(lead.id)).toEqual(['leads-pending', 'leads-subscribed']);
  });

  it('a lead of Close whose label says that it was one is announced as terminated', async () => {
    const lead = closeLead('former', { data: { status_label: 'Canceled' } });
    await postLead(run, lead);
    await announced(lead.id, 'leads-terminated');
    expect(await topicOf(lead.id)).toEqual(['leads-terminated']);
  });

  it('nobody gets in without a signature of this very request', async () => {
    const body = JSON.stringify([hubspotEvent(hubspotContact(portalOf(run, 'north')), 'contact.creation')]);
    const { publicUrl, secrets } = run.settings;
    const url = `${publicUrl}/webhooks/hubspot`;
    const good = hubspotSigned(body, url, secrets.hubspot.clientSecret);
    const { 'x-hubspot-request-timestamp': _time, ...timeless } = good;
    const attempts = [
      hubspotSigned(body, `${url}/`, secrets.hubspot.clientSecret),
      hubspotSigned(body, url, 'another-secret-of-this-length'),
      hubspotSigned(body, url, secrets.hubspot.clientSecret, Date.now() - 301_000),
      hubspotSigned(`${body} `, url, secrets.hubspot.clientSecret),
      timeless,
      {},
    ];
    const before = (await allObjects(run)).length;
    for (const headers of attempts) expect((await run.post('/webhooks/hubspot', body, headers)).status).toBe(401);
    const empty = '[]';
    expect(
      (await run.post('/webhooks/hubspot', empty, hubspotSigned(empty, url, secrets.hubspot.clientSecret))).status,
    ).toBe(400);
    expect(await allObjects(run)).toHaveLength(before);
  });
});

describe('an import', () => {
  it('of 100 contacts is a handful of messages, each contact has its record, and a live lead in the middle is told by itself', async () => {
    await atRest(run);
    await run.clearInbox();
    const contacts = Array.from({ length: 100 }, (_, n) =>
      hubspotContact(portalOf(run, 'north'), { firstname: `Import ${n}` }),
    );
    for (const contact of contacts) await atHubspot(run, contact);
    const events = contacts.map((contact) => hubspotEvent(contact, 'contact.creation', { changeSource: 'IMPORT' }));
    const live = closeLead('live');
    const started = Date.now();
    const answer = await postEvents(run, events);
    expect([answer.status, Date.now() - started < 1000]).toEqual([200, true]);
    await postLead(run, live);
    const own = await told(run, live.id, 'slack');
    const digests = async (channel: InboxMessage['channel']) =>
      (await run.inbox()).filter((message) => message.channel === channel && message.lead_id?.startsWith('digest_'));
    const all = await until(
      'every contact in a digest',
      async () => {
        const counts = (await digests('slack')).map(({ text }) => Number(/^(\d+) new lead/.exec(text)?.[1]));
        return counts.reduce((sum, count) => sum + count, 0) >= 100 && digests('slack');
      },
      200,
    );
    await atRest(run);
    const alerts = (await run.inbox()).filter(({ channel }) => channel === 'slack' || channel === 'email');
    expect(alerts.length).toBeLessThanOrEqual(2 + 8);
    expect(all[0]?.text).toContain('from an import');
    expect(all[0]?.text).toContain('Owners: nobody yet');
    expect(all.every(({ at }) => at >= own.at) || all.length > 1).toBe(true);
    const rows = await allRows(run);
    for (const { leadId } of contacts) {
      const ofLead = rows.filter((row) => row.includes(`north#LEAD#${leadId}"`));
      expect(ofLead.filter((row) => row.includes('"toldAt"'))).toHaveLength(1);
      expect(ofLead.filter((row) => row.includes('"state":{"S":"told"}'))).toHaveLength(2);
    }
  });
});

describe('a person who is to be forgotten', () => {
  it('is nowhere any more, and comes back by no replay; others of the batch stay', async () => {
    const email = `gone@${MARKER}.example.org`;
    const [gone, stays] = [
      hubspotContact(portalOf(run, 'north'), { email, firstname: 'Gone' }),
      hubspotContact(portalOf(run, 'north'), { firstname: 'Stays' }),
    ];
    for (const contact of [gone, stays]) await atHubspot(run, contact);
    const batch = [
      hubspotEvent(gone, 'contact.creation'),
      hubspotEvent(stays, 'contact.creation'),
      changed(gone, 'company', 'Gone Ltd'),
    ];
    const meta = metaLead(pageOf(run, 'north'));
    meta.record['field_data'] = [{ name: 'email', values: [email] }];
    await atGraph(run, meta);
    await postDelivery(run, deliveryOf([meta]));
    await postEvents(run, batch);
    for (const id of [gone.leadId, stays.leadId, meta.id]) await told(run, id, 'email');
    await atRest(run);

    const { code, said } = await runCommand('forget', { run, args: [email.toUpperCase()] });
    expect([code, said]).toEqual([0, expect.stringContaining('Erased in the tenant north: 2 leads.')]);
    const traces = async () =>
      [...(await allRows(run)), ...(await allObjects(run))].filter((text) =>
        [gone.id, meta.id, 'gone@', 'GONE@', 'Gone Ltd'].some((trace) => text.includes(trace)),
      );
    expect(await traces()).toEqual([]);
    expect((await allObjects(run)).filter((text) => text.includes(stays.id)).length).toBeGreaterThanOrEqual(3);

    // Everything again: by the vendors' retries, and by a backfill with new attempts.
    await postDelivery(run, deliveryOf([meta]));
    await postEvents(run, batch);
    await postEvents(
      run,
      batch.map((event) => ({ ...event, attemptNumber: 3 })),
    );
    await until('no trace', async () => (await traces()).length === 0);
    for (const id of [gone.leadId, meta.id]) expect(await alertsOf(run, id)).toHaveLength(2);
    expect(await alertsOf(run, stays.leadId)).toHaveLength(2);
  });

  it('by HubSpot’s own word is forgotten without anybody’s doing', async () => {
    const contact = hubspotContact(portalOf(run, 'south'), { firstname: 'Private' });
    await atHubspot(run, contact);
    await postEvents(run, [hubspotEvent(contact, 'contact.creation')]);
    await told(run, contact.leadId, 'slack');
    await postEvents(run, [hubspotEvent(contact, 'contact.privacyDeletion')]);
    await until('no trace', async () =>
      [...(await allRows(run)), ...(await allObjects(run))].every((text) => !text.includes(contact.id)),
    );
  });
});
