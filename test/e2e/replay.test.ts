import { ListQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { alertsOf, atRest, deadLetters, told } from './alerts.ts';
import { openBrowser, signInAs, unreadable, visit } from './browser.ts';
import { closeLead, MARKER, postLead } from './close-lead.ts';
import { runCommand } from './command.ts';
import { atHubspot, changed, hubspotContact, hubspotEvent, postEvents } from './hubspot-contact.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, pageOf, postDelivery } from './meta-lead.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal({ env: { DELAY_SECONDS: '1' } });
});
afterAll(() => run.stop());

const close = closeLead('replayed');
let ids: string[];

/** Leads of all sources and of both tenants, with an update among them. */
async function sendLeads(): Promise<string[]> {
  const leads = [metaLead(pageOf(run, 'north')), metaLead(pageOf(run, 'south'))];
  const contact = hubspotContact(run.settings.tenants[0]?.hubspotPortals[0] ?? '');
  for (const lead of leads) await atGraph(run, lead);
  await atHubspot(run, contact);
  await postLead(run, close);
  await postDelivery(run, deliveryOf(leads));
  await postEvents(run, [hubspotEvent(contact, 'contact.creation'), changed(contact, 'jobtitle', 'Engineer')]);
  return [close.id, ...leads.map(({ id }) => id), contact.leadId];
}

const alerts = async () =>
  (await run.inbox()).filter(({ channel }) => channel !== 'alarm').map(({ lead_id }) => lead_id);

interface Ended {
  jobs: { tenant: string; state: string; counts: Record<string, number>; listed?: Record<string, string>[] }[];
}
async function replay(...args: string[]): Promise<Ended & { code: number | null }> {
  const { code, said } = await runCommand('replay', { run, args: [...args, '--json'] });
  const line = said.split('\n').find((one) => one.startsWith('{'));
  if (line === undefined) throw new Error(said);
  return { ...(JSON.parse(line) as Ended), code };
}
const countsOf = ({ jobs }: Ended, tenant: string) => jobs.find((job) => job.tenant === tenant)?.counts;

type Row = Record<string, unknown> & { PK: string; SK: string };
const table = () => DynamoDBDocumentClient.from(run.dynamodb);
async function rows(): Promise<Row[]> {
  const { Items = [] } = await table().send(new ScanCommand({ TableName: run.settings.table }));
  return Items as Row[];
}
const isOfVendor = ({ PK }: Row) => !/#(USERS|SETTINGS|JOBS|STAGE|ACCOUNT#.*)$/.test(PK);
/** When we did something, and what says that we told somebody, or did not. */
const ours =
  /^(capturedAt|updatedAt|lookedUpAt|enrichedAt|toldAt|queuedAt|silentAt|silentBy|at|again_at|quiet|attempts|GSI[23].K|version|asOf|categoryVersion|lookups|announced|read_at|edits)$/;
/** What vendors said, as the rows of leads, contacts and events have it. */
const vendorContent = async () =>
  (await rows())
    .filter(({ PK, SK }) => PK.includes('#LEAD#') && /^(LEAD|CONTACT|EVENT#.*)$/.test(SK))
    .sort((a, b) => (a.PK + a.SK < b.PK + b.SK ? -1 : 1))
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !ours.test(name))));

describe('what is stored', () => {
  it('is run again without a second alert, and a dry run says that nothing would change', async () => {
    ids = await sendLeads();
    for (const id of ids) for (const channel of ['slack', 'email'] as const) await told(run, id, channel);
    await atRest(run);
    const before = await alerts();
    const foreseen = await replay('--all', '--dry-run');
    expect(foreseen.code).toBe(0);
    expect(countsOf(foreseen, 'north')).toMatchObject({
      deliveries: 3,
      'close.unchanged': 1,
      'meta.unchanged': 1,
      'hubspot.unchanged': 2,
    });
    expect(countsOf(foreseen, 'south')).toMatchObject({ 'meta.unchanged': 1 });
    const content = await vendorContent();
    const ended = await replay('--from', '1h');
    expect(ended.code).toBe(0);
    expect(ended.jobs.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(countsOf(ended, 'north')).toMatchObject({ deliveries: 3, done: 4 });
    expect(countsOf(ended, 'south')).toMatchObject({ done: 1 });
    await atRest(run);
    expect(await alerts()).toEqual(before);
    expect(await vendorContent()).toEqual(content);
  });

  it('has a lead told exactly once more where that is asked for', async () => {
    const ended = await replay(`crm_event_${close.id}.json`, '--tell', '--yes', '--tenant', 'north');
    expect(ended.code).toBe(0);
    await until('told once more', async () => (await alertsOf(run, close.id)).length === 4);
    await atRest(run);
    for (const channel of ['slack', 'email'] as const) expect(await alertsOf(run, close.id, channel)).toHaveLength(2);
  });
});

describe('a message that was given up', () => {
  it('is found by its cause, and sent back', async () => {
    const { QueueUrls = [] } = await run.sqs.send(new ListQueuesCommand({}));
    const again = { how: 'tell', job: 'by-hand', tenant: 'north' };
    const message = { v: 1, tenant: 'north', lead_id: close.id, notBefore: new Date().toISOString(), again };
    await run.sqs.send(
      new SendMessageCommand({
        QueueUrl: QueueUrls.find((url) => url.includes('OwnerQueueDeadLetters')),
        MessageBody: JSON.stringify(message),
        MessageAttributes: { reason: { DataType: 'String', StringValue: 'waited 24 hours: slack: 503' } },
      }),
    );
    const listed = await runCommand('redrive', { run, args: [] });
    expect(listed.said).toContain('owner: 1');
    expect(listed.said).toContain('waited 24 hours: slack: 503');
    expect(listed.said).toContain(close.id);
    expect(listed.code).toBe(2);
    expect((await runCommand('redrive', { run, args: ['--cause', 'no such'] })).said).toContain('nothing');
    expect(await deadLetters(run, 'Owner')).toBe(1);
    const sent = await runCommand('redrive', { run, args: ['--cause', '24 hours', '--json'] });
    expect(JSON.parse(sent.said)).toMatchObject({ redriven: 1, groups: [{ queue: 'owner', count: 1 }] });
    await until('told by the message', async () => (await alertsOf(run, close.id)).length === 6);
    expect(await deadLetters(run, 'Owner')).toBe(0);
  });
});

describe('an admin at the page Deliveries', () => {
  it('sees a delivery with personal fields covered until they are revealed, and runs it again', async () => {
    await using browser = await openBrowser();
    const visitor = await visit(browser, run.url, '/deliveries');
    const page = await signInAs(visitor, { role: 'admin', tenant: 'north' }, 'Deliveries');
    await page.getByText('Nothing was given up.').waitFor();
    await isReadable(page);
    await page.getByRole('row').filter({ hasText: close.id }).getByRole('link').click();
    await page.getByRole('heading', { name: 'Delivery', level: 1 }).waitFor();
    const body = page.getByLabel('Body');
    await body.waitFor();
    expect(await body.textContent()).toContain(close.id);
    for (const personal of [close.name, 'called twice']) expect(await body.textContent()).not.toContain(personal);
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByRole('group').getByRole('button', { name: 'Reveal' }).click();
    await page.getByText(/^Revealed by/).waitFor();
    expect(await body.textContent()).toContain(close.name);
    await page.getByRole('button', { name: 'Run again quietly' }).click();
    await page.getByText('Run 1 delivery again and tell nobody?').waitFor();
    await isReadable(page);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Done: 1 delivery run again.').waitFor({ timeout: 60_000 });
    expect(await alertsOf(run, close.id)).toHaveLength(6);
    expect(visitor.problems).toEqual([]);
    expect(run.functionLog()).not.toContain(MARKER);
  });
});

/** Read by everybody, in light and dark, and on a phone. */
async function isReadable(page: Page) {
  expect(await unreadable(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('the table', () => {
  it('is built again from the bucket with the same content of vendors, and nobody is told', async () => {
    await atRest(run);
    const [before, content] = [await alerts(), await vendorContent()];
    // Four leads, a contact and their events.
    expect(content).toHaveLength(10);
    for (const { PK, SK } of (await rows()).filter(isOfVendor))
      await table().send(new DeleteCommand({ TableName: run.settings.table, Key: { PK, SK } }));
    expect(await vendorContent()).toEqual([]);
    const ended = await replay('--all');
    expect(ended.code).toBe(0);
    await atRest(run);
    expect(await vendorContent()).toEqual(content);
    expect(await alerts()).toEqual(before);
    const leads = (await rows()).filter(({ SK }) => SK === 'LEAD');
    expect(leads.map(({ silentAt, silentBy }) => typeof silentAt + typeof silentBy)).toEqual(
      ids.map(() => 'stringstring'),
    );
  });
});
