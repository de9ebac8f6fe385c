import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keyOf } from '../../lambdas/aws/table.ts';
import { told } from './alerts.ts';
import { closeLead, MARKER, postLead } from './close-lead.ts';
import { type CommandResult, runCommand } from './command.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, pageOf, postDelivery } from './meta-lead.ts';
import { until } from './until.ts';

const folder = mkdtempSync(join(tmpdir(), 'lead-relay-list-'));
const file = join(folder, 'members.csv');
const email = `zoe@${MARKER}.example.org`;
/** A person whose lead comes before the list, 95 members and former ones, and four rows that can't be used. */
const list = [
  '\uFEFFName;E-Mail;Mobile;Membership',
  `"${MARKER}; Zoë";${email};;active`,
  ...Array.from(
    { length: 95 },
    (_, row) => `${MARKER};${row}@${MARKER}.example.org;+49309018${20 + row};${row < 5 ? 'ended' : ''}`,
  ),
  `${MARKER};nobody;;`,
  `${MARKER};x@${MARKER}.example.org;;perhaps`,
  `${MARKER};y@${MARKER}.example.org`,
  `"${MARKER};z@${MARKER}.example.org;;`,
].join('\r\n');

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
  writeFileSync(file, list);
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
  rmSync(folder, { recursive: true });
});

const members = (...args: string[]): Promise<CommandResult> => runCommand('members', { args, run });
const events = (...args: string[]): Promise<CommandResult> => runCommand('events', { args, run });
/** The word of the list under an identifier. */
const wordOf = async (identifier: string) => {
  const Key = { PK: { S: keyOf.person('north', identifier) }, SK: { S: 'MEMBER#list' } };
  const { Item } = await run.dynamodb.send(new GetItemCommand({ TableName: run.settings.table, Key }));
  return Item?.['membership']?.S;
};
const rowOf = async (leadId: string) => {
  const { PK, SK } = keyOf.lead('north', leadId);
  const Key = { PK: { S: PK }, SK: { S: SK } };
  return (await run.dynamodb.send(new GetItemCommand({ TableName: run.settings.table, Key }))).Item;
};

describe('npm run members -- import', () => {
  it('remembers a list, names its bad rows, and has a lead that came before consider its category anew', async () => {
    const lead = closeLead('member');
    const Body = JSON.stringify({ lead_id: lead.id, lead_owner: 'Grace Hopper', lead_email: email });
    await run.s3.send(new PutObjectCommand({ Bucket: run.settings.lookupBucket, Key: `${lead.id}.json`, Body }));
    await postLead(run, lead);
    await told(run, lead.id, 'slack');

    const { code, said } = await members('import', file);
    expect(said).toContain('100 %, 96 of 96 rows');
    expect(said).toContain(
      '91 members, 5 former; 96 new, 0 changed, 0 unchanged, 4 rows bad, 1 lead to be considered anew',
    );
    expect(said).toContain('  line 98: no usable e-mail address or phone number\n  line 99: unknown status\n');
    expect(said).toContain('  line 100: 2 cells where the header has 4\n  line 101: broken quotes\n');
    expect(said).toContain(`They are in ${file}.bad.csv.`);
    expect(said).not.toContain(MARKER);
    expect(readFileSync(`${file}.bad.csv`, 'utf8').split('\n')).toHaveLength(6);
    expect(code).toBe(2);
    expect(await wordOf(`email:${email.toLowerCase()}`)).toBe('subscribed');
    expect(await wordOf('phone:+4930901820')).toBe('terminated');
    await until('lead subscribed', async () => (await rowOf(lead.id))?.['category']?.S === 'subscribed');
  });

  it('done again changes nothing', async () => {
    const { code, said } = await members('import', file, '--json');
    const json = JSON.parse(said.split('\n').find((line) => line.startsWith('{')) ?? '') as Record<string, unknown>;
    expect(json).toMatchObject({ members: 91, former: 5, new: 0, changed: 0, unchanged: 96, reconsidered: 0 });
    expect(json['bad']).toHaveLength(4);
    expect(code).toBe(2);
  });

  it.each([
    [[], 'What shall be done: import?'],
    [['import'], 'Which file? Give its name.'],
    [['import', 'a.csv', 'b.csv'], '"b.csv" is one too many.'],
    [['import', 'nowhere.csv'], 'There is no file '],
    [['import', 'package.json'], 'The first line must be a header in UTF-8 that names the columns'],
    [['import', 'a.csv', '--country', 'Germany'], '--country is "Germany"; it must be two letters of ISO 3166'],
    [['import', 'a.csv', '--tenant', 'west'], 'There is no tenant "west"; the stage has north, south.'],
  ])('%j is answered with a sentence', async (args, sentence) => {
    const { code, said } = await members(...args);
    expect(said).toContain(sentence);
    expect(said).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });
});

describe('npm run events', () => {
  it('shows a lead that came in two deliveries, and its event among those repeated', async () => {
    const [lead, another] = [metaLead(pageOf(run, 'north')), metaLead(pageOf(run, 'north'))];
    for (const one of [lead, another]) await atGraph(run, one);
    await postDelivery(run, deliveryOf([lead]));
    await told(run, lead.id, 'slack');
    expect((await events('--duplicates')).said).toBe('No event of north was received more than once.\n');
    await postDelivery(run, deliveryOf([lead, another]));
    await until('repeat counted', async () => (await events('--duplicates')).said.includes(lead.id));

    const repeated = await events('--duplicates');
    expect(repeated.said).toMatch(
      /^REPEATED \(UTC\) +EVENT +LEAD +RECEIVED\n20.{17} +page\.leadgen +\d+ +received 2 times\n$/,
    );
    const timeline = await events(lead.id);
    expect(timeline.said).toMatch(/^received +20.{17} UTC, from meta\ncaptured +after \d/);
    expect(timeline.said).toMatch(/\ntold Slack +after \d/);
    expect(timeline.said).toMatch(/\n20.{17} +page\.leadgen +created +done +- +received 2 times\n$/);
    const latest = JSON.parse((await events('--json', '--limit', '1')).said) as { events: object[] };
    expect(latest.events).toMatchObject([{ event: 'page.leadgen', event_type: 'created', outcome: 'done' }]);
    for (const { said } of [repeated, timeline]) expect(said).not.toContain(MARKER);
  });

  it('has a sentence for what is not known', async () => {
    expect((await events('lead_unknown')).said).toContain('Nothing is known of a lead lead_unknown of north.');
    expect((await events('--tenant', 'south')).said).toBe('south has no events yet.\n');
    expect((await events('--limit', '0')).said).toContain('--limit is "0"; it must be a whole number from 1 to 10000.');
  });
});
