import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alertsOf, told } from './alerts.ts';
import { type CommandResult, runCommand } from './command.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, type MetaLead, pageOf, postDelivery } from './meta-lead.ts';
import { until } from './until.ts';

const stackTrace = /\n\s+at /;
const expired = { error: { message: 'Session has expired', type: 'OAuthException', code: 190, error_subcode: 463 } };

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

const pages = (...args: string[]): Promise<CommandResult> => runCommand('pages', { args, run });
/** The same with a token on standard input. */
const withToken = (token: string, ...args: string[]): Promise<CommandResult> =>
  runCommand('pages', { args: [...args, '--token-stdin'], run, input: `${token}\n` });
/** What the list says of a page. */
const lineOf = async (page: string) =>
  (await pages('list')).said.split('\n').find((line) => line.startsWith(page)) ?? '';
const tokenOf = async (page: string, tenant = 'north') => {
  const SecretId = `lead-relay/local/${tenant}/meta-token-${page}`;
  return (await run.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
};
const outcome = (lead: MetaLead, wanted: string) =>
  until(`${lead.id} ${wanted}`, async () => {
    const [last] = await run.outcomes(lead.id);
    return last?.outcome === wanted && last;
  });

describe('npm run pages -- list', () => {
  it('shows the page of every tenant, or of one', async () => {
    const [north, south] = [pageOf(run, 'north'), pageOf(run, 'south')];
    const all = await pages('list');
    expect(all.said).toMatch(
      new RegExp(`^PAGE +NAME +TENANT +USER +COUNTRY +TOKEN +WAITING\n${north} .*\n${south} .*\n$`),
    );
    expect(await lineOf(north)).toMatch(/North page +north +Frauke Lindner +DE +ok +0$/);
    const one = await pages('list', '--tenant', 'south');
    expect(one.said).toContain(south);
    expect(one.said).not.toContain(north);
    expect([all.code, one.code]).toEqual([0, 0]);
  });
});

describe('npm run pages -- add', () => {
  it('gives a page to a tenant and takes up what had come for it', async () => {
    const lead = metaLead('100000000000001');
    await atGraph(run, lead);
    await postDelivery(run, deliveryOf([lead]));
    expect((await outcome(lead, 'no_route')).reason).toContain('No user found for page_id: 100000000000001');
    const { code, said } = await withToken('EAAfirst', 'add', lead.page, '--owner', 'Robin Okafor', '--country', 'de');
    expect(said).toContain('The page 100000000000001 is of the tenant north now; its leads go to Robin Okafor.');
    expect(said).toContain('1 lead that had waited for it is taken up now.');
    expect(said).not.toContain('EAAfirst');
    expect(code).toBe(0);
    expect((await told(run, lead.id, 'slack')).text).toContain('Owner: Robin Okafor');
    expect(await alertsOf(run, lead.id, 'slack')).toHaveLength(1);
    expect(await lineOf(lead.page)).toMatch(/- +north +Robin Okafor +DE +ok +0$/);
  });

  it('asks Meta for the name of the page', async () => {
    await run.vendor('graph', '100000000000002', { json: { id: '100000000000002', name: 'Bäckerei Kranich' } });
    const args = [
      'add',
      '100000000000002',
      '--tenant',
      'south',
      '--owner',
      'Inês Duarte',
      '--owner-email',
      'ines@south.example',
    ];
    const { code, said } = await withToken('EAAgood-one', ...args);
    expect(said).toContain('The page 100000000000002 (Bäckerei Kranich) is of the tenant south now');
    expect(said).toContain('No lead had waited for it.');
    expect(code).toBe(0);
    expect(await tokenOf('100000000000002', 'south')).toBe('EAAgood-one');
    expect(await lineOf('100000000000002')).toMatch(/Bäckerei Kranich +south +Inês Duarte <ines@south.example> +- +ok/);
  });

  it('keeps no token that Meta refuses, unless it is told to', async () => {
    await run.vendor('graph', '100000000000003', { status: 400, json: expired });
    const args = ['add', '100000000000003', '--owner', 'Robin Okafor'];
    const refused = await withToken('EAAexpired', ...args);
    expect(refused.said).toContain('Meta does not accept this token (code 190), so it is not kept.');
    expect(refused.code).toBe(1);
    await expect(tokenOf('100000000000003')).rejects.toThrow();
    expect((await withToken('EAAexpired', ...args, '--unchecked')).code).toBe(0);
    expect(await tokenOf('100000000000003')).toBe('EAAexpired');
  });

  it('says when Meta can not say whether the token is good, and keeps it', async () => {
    await run.vendor('graph', '100000000000004', { status: 503, json: {} });
    const { code, said } = await withToken('EAAunknown', 'add', '100000000000004', '--owner', 'Robin Okafor');
    expect(said).toContain('The token could not be checked: Meta has a problem of its own (503).');
    expect(code).toBe(0);
  });

  it('does not take a page from another tenant, nor one that is there already', async () => {
    const [north, south] = [pageOf(run, 'north'), pageOf(run, 'south')];
    const others = await withToken('EAAstolen', 'add', south, '--owner', 'Robin Okafor');
    expect(others.said).toContain(`The page ${south} is of the tenant south, not of north`);
    const again = await withToken('EAAtwice', 'add', north, '--owner', 'Robin Okafor');
    expect(again.said).toContain(`The page ${north} is there already: npm run pages -- change ${north}`);
    expect([others.code, again.code]).toEqual([1, 1]);
  });
});

describe('npm run pages -- change', () => {
  it('changes what is said and leaves the rest, and an empty text takes away', async () => {
    await withToken(
      'EAAkept-token',
      'add',
      '100000000000005',
      '--owner',
      'Robin Okafor',
      '--name',
      'Kiosk',
      '--country',
      'FR',
    );
    const { code, said } = await pages('change', '100000000000005', '--owner', 'Sam Ahlgren', '--country', '');
    expect(said).toContain('The page 100000000000005 (Kiosk) is changed; its leads go to Sam Ahlgren.');
    expect(code).toBe(0);
    expect(await lineOf('100000000000005')).toMatch(/Kiosk +north +Sam Ahlgren +- +ok/);
    expect(await tokenOf('100000000000005')).toBe('EAAkept-token');
  });
});

describe('npm run pages -- token', () => {
  it('shows a token that Meta refuses, and with a new one the leads that waited go on', async () => {
    const lead = metaLead('100000000000006');
    await run.vendor('graph', lead.id, { status: 400, json: expired });
    await withToken('EAAbefore', 'add', lead.page, '--owner', 'Robin Okafor', '--unchecked');
    await postDelivery(run, deliveryOf([lead]));
    await outcome(lead, 'parked');
    expect(await lineOf(lead.page)).toMatch(/refused since \d{4}-\d\d-\d\d \d\d:\d\d UTC +1$/);
    await atGraph(run, lead);
    const { code, said } = await withToken('EAAafter1', 'token', lead.page);
    expect(said).toContain('The token of the page 100000000000006 is replaced.');
    expect(said).toContain('1 lead that had waited for it is taken up now.');
    expect(said).not.toContain('EAAafter1');
    expect(code).toBe(0);
    expect(await tokenOf(lead.page)).toBe('EAAafter1');
    await told(run, lead.id, 'slack');
    expect(await alertsOf(run, lead.id, 'slack')).toHaveLength(1);
    expect(await lineOf(lead.page)).toMatch(/ok +0$/);
  });

  it('leaves the token in place where Meta refuses the new one', async () => {
    await withToken('EAAin-place', 'add', '100000000000007', '--owner', 'Robin Okafor');
    await run.vendor('graph', '100000000000007', { status: 400, json: expired });
    const { code, said } = await withToken('EAAworse-one', 'token', '100000000000007');
    expect(said).toContain('so it is not kept');
    expect(code).toBe(1);
    expect(await tokenOf('100000000000007')).toBe('EAAin-place');
  });
});

describe('npm run pages -- remove', () => {
  it('takes the page and its token away, and new leads of it are kept as nobody’s until it is added again', async () => {
    const add = () => withToken('EAAdeleted', 'add', '100000000000008', '--owner', 'Robin Okafor');
    await add();
    const { code, said } = await pages('remove', '100000000000008');
    expect(said).toContain('The page 100000000000008 is taken from the tenant north, and its token is deleted.');
    expect(said).toContain('told to nobody until the page is added again');
    expect(code).toBe(0);
    await expect(tokenOf('100000000000008')).rejects.toThrow();
    expect(await lineOf('100000000000008')).toBe('');
    const lead = metaLead('100000000000008');
    await atGraph(run, lead);
    await postDelivery(run, deliveryOf([lead]));
    await outcome(lead, 'no_route');
    expect((await add()).said).toContain('1 lead that had waited for it is taken up now.');
    await told(run, lead.id, 'slack');
  });
});

describe('what npm run pages does not understand', () => {
  it.each([
    [[], 'What shall be done: list, add, change, token or remove?'],
    [['frob'], 'There is nothing like "frob" here: list, add, change, token or remove?'],
    [['add'], 'Which page? Give its id.'],
    [['add', '12/34'], '"12/34" is no id of a page'],
    [['add', '12', '34'], '"34" is one too many.'],
    [['list', '12'], '"12" is one too many.'],
    [['list', '--country', 'DE'], '--country is nothing that list knows.'],
    [['change', '12', '--token-stdin'], '--token-stdin is nothing that change knows.'],
    [['add', '12', '--token', 'EAAshown'], "Unknown option '--token'"],
    [['add', '12', '--owner', 'A', '--country', 'Germany'], '--country is "Germany"; it must be two letters'],
    [
      ['add', '12', '--owner', 'A', '--owner-email', 'nobody'],
      '--owner-email is "nobody"; it must be an e-mail address.',
    ],
    [['add', '12', '--owner', 'A\nB'], '--owner must be 1 to 200 characters on one line.'],
    [['add', '12'], 'Who gets the leads of the page? Add --owner "Name".'],
    [
      ['add', '12', '--owner', 'A'],
      'The access token of the page 12 is missing. Run this at a terminal, or pipe it in',
    ],
    [['add', '12', '--owner', 'A', '--token-stdin'], 'There is no access token of the page 12 on standard input.'],
    [['add', '12', '--owner', 'A', '--tenant', 'west'], 'There is no tenant "west"; the stage has north, south.'],
    [['list', '--stage', 'moon'], 'There is no stage moon in cdk.json.'],
    [['change', '12'], 'What to change? Add --owner, --owner-email, --name or --country.'],
    [['change', '12', '--name', 'A'], 'Nobody has the page 12: npm run pages -- add 12'],
    [['token', '12'], 'Nobody has the page 12'],
    [['remove', '12'], 'Nobody has the page 12'],
  ])('%j is answered with a sentence', async (args, sentence) => {
    const { code, said } = await pages(...args);
    expect(said).toContain(sentence);
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
  });

  it('says that nothing runs where nothing runs', async () => {
    const { code, said } = await runCommand('pages', { args: ['list'] });
    expect(said).toContain('Nothing runs at http://127.0.0.1:1. Start it with npm start');
    expect(code).toBe(1);
  });
});
