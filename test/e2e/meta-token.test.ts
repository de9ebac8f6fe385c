import { ListSecretsCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { alertsOf, told } from './alerts.ts';
import { runCommand } from './command.ts';
import { expectDiscretion } from './discretion.ts';
import { type LocalRun, startLocal } from './local-run.ts';
import { atGraph, deliveryOf, metaLead, pageOf, postDelivery } from './meta-lead.ts';
import { until } from './until.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocal();
});
afterAll(async () => {
  await expectDiscretion(run);
  await run.stop();
});

const expired = {
  error: { message: 'Session has expired', type: 'OAuthException', code: 190, error_subcode: 463, fbtrace_id: 'x' },
};
const alarmsAbout = async (runbook: string) =>
  (await run.inbox()).filter(({ channel, text }) => channel === 'alarm' && text.includes(runbook));
const rings = (runbook: string) =>
  until('alarm', async () =>
    (await run.alarms()).some(({ name, state }) => name.endsWith(runbook) && state === 'ALARM'),
  );

/** Twelve leads of a page, which Meta does not let us read. */
async function parkedLeads(page: string) {
  const leads = Array.from({ length: 12 }, () => metaLead(page));
  for (const { id } of leads) await run.vendor('graph', id, { status: 400, json: expired });
  await postDelivery(run, deliveryOf(leads.slice(0, 8)));
  for (const lead of leads.slice(8)) await postDelivery(run, deliveryOf([lead]));
  for (const { id } of leads) await until('parked', async () => (await run.outcomes(id))[0]?.outcome === 'parked');
  return leads;
}

async function toldOnceEach(ids: string[]) {
  for (const id of ids) await told(run, id, 'slack', 120);
  // The watch over parked leads may go on for one look more; everything else is at rest.
  await until('each told on both channels', async () => {
    const counts = await Promise.all(ids.map(async (id) => (await alertsOf(run, id)).length));
    return counts.every((count) => count === 2);
  });
  for (const id of ids) expect(await run.outcomes(id)).toMatchObject([{ outcome: 'done' }]);
}

it('parks the leads of a page whose token expired with one alarm and a reason, and delivers each once when it is replaced by command', async () => {
  const page = pageOf(run, 'north');
  const leads = await parkedLeads(page);
  const [outcome] = await run.outcomes(leads[0]?.id);
  expect(outcome?.reason).toMatch(
    new RegExp(`^Invalid Meta Page Access Token for page_id: ${page} .*npm run pages -- token ${page}$`),
  );
  await rings('page-token-refused');
  expect(await alarmsAbout('page-token-refused')).toHaveLength(1);

  const late = metaLead(page);
  await atGraph(run, late);
  await postDelivery(run, deliveryOf([late]));
  await until('parked', async () => (await run.outcomes(late.id))[0]?.outcome === 'parked');

  for (const lead of leads) await atGraph(run, lead);
  const { code, said } = await runCommand('pages', {
    run,
    args: ['token', page, '--token-stdin', '--unchecked'],
    input: `EAAnew${'a'.repeat(40)}\n`,
  });
  expect(said).toContain('13');
  expect(code).toBe(0);
  await toldOnceEach([...leads, late].map(({ id }) => id));
  expect(await alarmsAbout('page-token-refused')).toHaveLength(1);
});

it('goes on by itself when the token is replaced in Secrets Manager', async () => {
  const page = pageOf(run, 'south');
  const leads = await parkedLeads(page);
  for (const lead of leads) await atGraph(run, lead);
  const { SecretList = [] } = await run.secrets.send(new ListSecretsCommand({}));
  const name = SecretList.find(({ Name }) => Name?.endsWith(`/meta-token-${page}`))?.Name;
  await run.secrets.send(new PutSecretValueCommand({ SecretId: name, SecretString: `EAAother${'b'.repeat(40)}` }));
  await toldOnceEach(leads.map(({ id }) => id));
});

it('goes on by itself when Meta takes the same token again', async () => {
  const leads = await parkedLeads(pageOf(run, 'north'));
  for (const lead of leads) await atGraph(run, lead);
  await toldOnceEach(leads.map(({ id }) => id));
});

it('takes up what came for a page that nobody had when it is given to a tenant', async () => {
  const page = '445566778899001';
  const leads = Array.from({ length: 3 }, () => metaLead(page));
  for (const lead of leads) await atGraph(run, lead);
  await postDelivery(run, deliveryOf(leads));
  for (const { id } of leads) await until('no route', async () => (await run.outcomes(id))[0]?.outcome === 'no_route');

  const args = ['add', page, '--tenant', 'south', '--owner', 'Inês Duarte', '--token-stdin', '--unchecked'];
  const { code } = await runCommand('pages', { run, args, input: `EAApage${'c'.repeat(40)}\n` });
  expect(code).toBe(0);
  await toldOnceEach(leads.map(({ id }) => id));
  for (const { id } of leads) {
    const [slack] = await alertsOf(run, id, 'slack');
    expect(slack?.to).toContain('SOUTH');
    expect(slack?.text).toContain('Owner: Inês Duarte');
  }
});
