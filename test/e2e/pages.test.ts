import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { alertsOf, told } from './alerts.ts';
import { type CommandResult, runCommand } from './command.ts';
import { expectDiscretion } from './discretion.ts';
import { atHubspot, type Contact, hubspotContact, hubspotEvent, portalOf, postEvents } from './hubspot-contact.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, pageOf, postDelivery } from './meta-lead.ts';
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
const portals = (...args: string[]): Promise<CommandResult> => runCommand('portals', { args, run });
/** The same with a token on standard input. */
const withToken = (token: string, ...args: string[]): Promise<CommandResult> =>
  runCommand('pages', { args: [...args, '--token-stdin'], run, input: `${token}\n` });
const withPortalToken = (token: string, ...args: string[]): Promise<CommandResult> =>
  runCommand('portals', { args: [...args, '--token-stdin'], run, input: `${token}\n` });
/** What the list says of a page or portal. */
const lineOf = async (id: string, list = pages) =>
  (await list('list')).said.split('\n').find((line) => line.startsWith(id)) ?? '';
const tokenOf = async (id: string, tenant = 'north', source = 'meta') => {
  const SecretId = `lead-relay/local/${tenant}/${source}-token-${id}`;
  return (await run.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
};
const outcome = (lead: { id: string }, wanted: string) =>
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

describe('npm run portals', () => {
  /** What HubSpot says to whoever reads contacts with a token. */
  const contactsAre = (status: number) => run.vendor('hubspot', 'crm/v3/objects/contacts', { status, json: {} });
  const tokenIsOf = (portalId: number, status = 200) =>
    run.vendor('hubspot', 'account-info/v3/details', { status, json: { portalId } });
  const announce = (contact: Contact) => postEvents(run, [hubspotEvent(contact, 'contact.creation')]);
  beforeEach(async () => {
    await contactsAre(200);
    await tokenIsOf(0, 404);
  });

  it('list shows the portal of every tenant, or of one, without a user', async () => {
    const [north, south] = [portalOf(run, 'north'), portalOf(run, 'south')];
    const all = await portals('list');
    expect(all.said).toMatch(new RegExp(`^PORTAL +NAME +TENANT +COUNTRY +TOKEN +WAITING\n${north} .*\n${south} .*\n$`));
    expect(await lineOf(north, portals)).toMatch(/North portal +north +DE +ok +0$/);
    const one = await portals('list', '--tenant', 'south');
    expect(one.said).not.toContain(north);
    expect([all.code, one.code]).toEqual([0, 0]);
  });

  it('add gives a portal to a tenant and takes up what had come for it', async () => {
    const contact = hubspotContact('10000001');
    await atHubspot(run, contact);
    await tokenIsOf(10_000_001);
    await announce(contact);
    expect((await outcome({ id: contact.leadId }, 'no_route')).reason).toContain(
      'No user found for portal_id: 10000001',
    );
    const { code, said } = await withPortalToken('pat-na1-first', 'add', contact.portal, '--country', 'de');
    expect(said).toContain('The portal 10000001 is of the tenant north now; HubSpot says who owns its leads.');
    expect(said).toContain('1 lead that had waited for it is taken up now.');
    expect(said).toContain('npm run connect -- hubspot');
    expect(said).not.toContain('pat-na1-first');
    expect(said).not.toContain('could not be checked');
    expect(code).toBe(0);
    expect((await told(run, contact.leadId, 'slack')).text).toContain('HubSpot');
    expect(await alertsOf(run, contact.leadId, 'slack')).toHaveLength(1);
    expect(await lineOf(contact.portal, portals)).toMatch(/- +north +DE +ok +0$/);
  });

  it.each([
    [401, 'HubSpot does not accept this token (401), so it is not kept.'],
    [403, 'its app needs the scope crm.objects.contacts.read, so it is not kept.'],
  ])('add keeps no token that HubSpot answers with %d', async (status, sentence) => {
    const portal = `10000${status}`;
    await contactsAre(status);
    const refused = await withPortalToken('pat-na1-refused', 'add', portal);
    expect(refused.said).toContain(sentence);
    expect(refused.code).toBe(1);
    await expect(tokenOf(portal, 'north', 'hubspot')).rejects.toThrow();
  });

  it('add keeps no token of another portal, unless it is told to', async () => {
    await tokenIsOf(99_999_999);
    const { code, said } = await withPortalToken('pat-na1-foreign', 'add', '10000002');
    expect(said).toContain('This token is of another portal, 99999999 instead of 10000002, so it is not kept.');
    expect(code).toBe(1);
    expect((await withPortalToken('pat-na1-foreign', 'add', '10000002', '--unchecked')).code).toBe(0);
    expect(await tokenOf('10000002', 'north', 'hubspot')).toBe('pat-na1-foreign');
  });

  it('add says when HubSpot can not say whether the token is good, and keeps it', async () => {
    await contactsAre(503);
    const { code, said } = await withPortalToken('pat-na1-unknown', 'add', '10000003', '--name', 'Süd');
    expect(said).toContain('The token could not be checked: HubSpot has a problem of its own (503).');
    expect(said).toContain('The portal 10000003 (Süd) is of the tenant north now');
    expect(code).toBe(0);
  });

  it('token shows a token that HubSpot refuses, and with a new one the leads that waited go on', async () => {
    const contact = hubspotContact('10000004');
    const record = `crm/v3/objects/contacts/${contact.id}`;
    await run.vendor('hubspot', record, { status: 401, json: { category: 'INVALID_AUTHENTICATION' } });
    await withPortalToken('pat-na1-before', 'add', contact.portal);
    await announce(contact);
    await outcome({ id: contact.leadId }, 'parked');
    expect(await lineOf(contact.portal, portals)).toMatch(/refused since \d{4}-\d\d-\d\d \d\d:\d\d UTC +1$/);
    await atHubspot(run, contact);
    const { code, said } = await withPortalToken('pat-na1-after', 'token', contact.portal);
    expect(said).toContain('The token of the portal 10000004 is replaced.');
    expect(said).toContain('1 lead that had waited for it is taken up now.');
    expect(code).toBe(0);
    await told(run, contact.leadId, 'slack');
    expect(await alertsOf(run, contact.leadId, 'slack')).toHaveLength(1);
  });

  it('change and remove do as they do for pages', async () => {
    await withPortalToken('pat-na1-changed', 'add', '10000005', '--name', 'Nord');
    const changed = await portals('change', '10000005', '--country', 'CL');
    expect(changed.said).toContain('The portal 10000005 (Nord) is changed; HubSpot says who owns its leads.');
    expect(await lineOf('10000005', portals)).toMatch(/Nord +north +CL +ok +0$/);
    const removed = await portals('remove', '10000005');
    expect(removed.said).toContain(
      'The portal 10000005 (Nord) is taken from the tenant north, and its token is deleted.',
    );
    expect(removed.said).toContain('told to nobody until the portal is added again');
    await expect(tokenOf('10000005', 'north', 'hubspot')).rejects.toThrow();
    expect([changed.code, removed.code]).toEqual([0, 0]);
  });

  it.each([
    [['add', 'acme'], '"acme" is no id of a portal; an id is digits, as HubSpot shows it'],
    [['add', '12', '--owner', 'A'], '--owner is nothing that add knows.'],
    [['change', '12'], 'What to change? Add --name or --country.'],
    [['remove', '12'], 'Nobody has the portal 12: npm run portals -- add 12 gives it to a tenant.'],
  ])('%j is answered with a sentence', async (args, sentence) => {
    const { code, said } = await portals(...args);
    expect(said).toContain(sentence);
    expect(said).not.toMatch(stackTrace);
    expect(code).toBe(1);
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
