import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pythonJson } from '../../bin/python-json.ts';
import { sampleLeads } from '../../bin/sample-leads.ts';
import { type CommandResult, runCommand } from './command.ts';
import { type LocalRun, startLocal } from './local-run.ts';

jest.setTimeout(120_000);

const stackTrace = /\n\s+at /;

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await run.stop();
});

const send = (...args: string[]): Promise<CommandResult> => runCommand('send', { args, run });
const alerts = async (channel: string) => (await run.inbox()).filter((message) => message.channel === channel);

describe('npm run send -- close', () => {
  beforeEach(() => run.clearInbox());

  it('shows each stage that a sample lead passes, and ends well', async () => {
    const { code, said } = await send('close');
    const stages = ['answered', 'stored', 'captured', 'due', 'looked up', 'enriched', 'told Slack', 'told e-mail'];
    for (const stage of stages) expect(said).toContain(`  ${stage} `);
    expect(said).toContain('byte for byte');
    expect(code).toBe(0);
  });

  it('gives the sample an owner, whom the alert names', async () => {
    const { said } = await send('close');
    const owner = /owner (.+) \(in the lookup bucket\)/.exec(said)?.[1] ?? 'nobody';
    const [alert] = await alerts('slack');
    expect(alert?.text).toContain(owner);
  });

  it('marks the sample as a test where it is asked to', async () => {
    await send('close', '--test');
    const [slack] = await alerts('slack');
    const [email] = await alerts('email');
    expect(slack?.text).toContain('TEST');
    expect(email?.text).toContain('TEST');
  });

  it('counts many leads instead of naming each stage of each, and leaves some without an owner', async () => {
    const { code, said } = await send('close', '--count', '12');
    expect(said).toContain('9 of them have an owner');
    expect(said).toMatch(/answered 12, .*told Slack 12/);
    expect(code).toBe(0);
    const texts = (await alerts('slack')).map(({ text }) => text);
    expect(texts).toHaveLength(12);
    expect(texts.filter((text) => text.includes('nobody yet'))).toHaveLength(3);
  });

  it('sends as another tenant where it is asked to', async () => {
    const { said } = await send('close', '--tenant', 'south');
    expect(said).toContain('tenant south');
    const [alert] = await alerts('email');
    expect(alert?.to).toBe('sales@south.example');
  });

  it('finds a local run by its address', async () => {
    const args = ['close', '--to', `${run.url}/crm/webhook`];
    const { code, said } = await runCommand('send', { args, run });
    expect(said).toContain(`${run.url}/crm/webhook`);
    expect(code).toBe(0);
  });

  it('says what did not happen and where to look when no alert comes', async () => {
    await run.fault('slack', { status: 500 });
    const { code, said } = await send('close', '--patience', '3');
    await run.endFault('slack');
    expect(said).toContain('captured and not told');
    expect(said).toContain('docs/runbook.md#due-and-not-told');
    expect(said).toContain('Slack answered 500');
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });

  it('says why when a lead is not taken', async () => {
    await run.fault('webhooks', { status: 503, times: 1 });
    const { code, said } = await send('close');
    expect(said).toContain('answered 503');
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });
});

describe('what npm run send does not understand', () => {
  it.each([
    [['close', '--colour', 'red'], "Unknown option '--colour'"],
    [['close', '--count', 'many'], '--count is "many"'],
    [['close', '--tenant', 'west'], 'There is no tenant "west"; the stage has north, south.'],
    [['close', '--stage', 'moon'], 'There is no stage moon in cdk.json.'],
    [['close', '--to', 'nowhere'], '"nowhere" is not a URL'],
    [['meta'], 'meta is not built yet in this version; close is.'],
    [['hubspot'], 'hubspot is not built yet in this version; close is.'],
    [['salesforce'], 'There is no source "salesforce"'],
    [[], 'Which source?'],
  ])('%j is answered with a sentence', async (args, sentence) => {
    const { code, said } = await send(...args);
    expect(said).toContain(sentence);
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });

  it('says that nothing runs where nothing runs', async () => {
    const { code, said } = await runCommand('send', { args: ['close'] });
    expect(said).toContain('Nothing runs at http://127.0.0.1:1. Start it with npm start');
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });
});

/** The names of an event's fields and of its lead's, without the custom ones, which differ from lead to lead. */
function fieldsOf(delivery: string): string[][] {
  const { event } = JSON.parse(delivery) as { event: { data: object } };
  const ofLead = Object.keys(event.data).filter((name) => !name.startsWith('custom.'));
  return [Object.keys(event).toSorted(), ofLead.toSorted()];
}

describe('a sample lead', () => {
  it('has the fields that Close sends', () => {
    const real = readFileSync(new URL('../fixtures/close/deliveries/lead-created.json', import.meta.url), 'utf8');
    const [sample] = sampleLeads({ count: 1, funnelField: 'cf_funnel' });
    expect(fieldsOf(sample?.body.toString() ?? '')).toEqual(fieldsOf(real));
  });

  it('is written with the separators of Python, as Close writes', () => {
    expect(pythonJson({ name: 'Zoë 🌱', tags: ['a', null, true, 1.5], none: {} })).toBe(
      String.raw`{"name": "Zo\u00eb \ud83c\udf31", "tags": ["a", null, true, 1.5], "none": {}}`,
    );
  });
});
