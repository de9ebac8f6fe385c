import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

const overview = async () => (await world.as({ role: 'manager' }).get('/api/settings')).body.data;
const source = (id: string, label: string, has_verify_token: boolean | null = null, has_key = false) => ({
  id,
  label,
  callback_url: `https://api.example.org/prod/webhooks/${id}`,
  has_key,
  has_verify_token,
});

it('an empty tenant sees all that is left to do', async () => {
  for (const name of ['close-signature-key', 'meta-signature-key', 'meta-verify-token', 'slack-webhook-url'])
    world.aws.secrets.set(`north/${name}`, '');
  expect(await overview()).toEqual({
    sources: [source('close', 'Close'), source('meta', 'Meta', false), source('hubspot', 'HubSpot')],
    slack: { is_on: true, is_set: false },
    email: { is_on: true, addresses: 0 },
    pages: 0,
    portals: 0,
    users: 0,
    has_leads: false,
  });
});

it('a tenant that is set up sees so, and nothing of the keys', async () => {
  const secrets = ['close-signature-key', 'meta-signature-key', 'meta-verify-token', 'slack-webhook-url'];
  for (const name of secrets) world.aws.secrets.set(`north/${name}`, 'something-secret');
  const admin = world.as({ role: 'admin' });
  await admin.get('/api/me');
  await admin.put('/api/settings/pages/6041', { name: 'Harbour School' });
  await admin.post('/api/settings/emails', { address: 'sales@north.example' });
  await world.lead(1);
  const seen = await overview();
  expect(seen).toMatchObject({
    sources: [source('close', 'Close', null, true), source('meta', 'Meta', true, true), { has_key: false }],
    slack: { is_set: true },
    email: { addresses: 1 },
    pages: 1,
    users: 1,
    has_leads: true,
  });
  expect(JSON.stringify(seen)).not.toContain('something-secret');
});

it('only sources that are on are there', async () => {
  const { as } = world.told({ SOURCES: ['close'] });
  const { body } = await as({ role: 'manager' }).get('/api/settings');
  expect((body.data as { sources: { id: string }[] }).sources.map(({ id }) => id)).toEqual(['close']);
});
