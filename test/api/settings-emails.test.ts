import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi } from '../fixtures/api-world.ts';
import { TABLE } from '../fixtures/table.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());
beforeEach(async () => {
  world.aws.subscriptions.splice(0);
  world.aws.published.splice(0);
  const { deleteEmail, emailsOf } = await import('../../lambdas/aws/email-table.ts');
  for (const tenant of ['north', 'south'])
    for (const { address } of await emailsOf(TABLE, tenant)) await deleteEmail(TABLE, tenant, address);
});

const admin = (tenant = 'north') => world.as({ role: 'admin', tenant });
const list = async (tenant?: string) => (await admin(tenant).get('/api/settings/emails')).body.data;
const add = (address: string, tenant?: string) => admin(tenant).post('/api/settings/emails', { address });
const remove = (address: string, tenant?: string) => admin(tenant).post('/api/settings/emails/remove', { address });
const at = (address: string) => world.aws.subscriptions.find((one) => one.address === address);
const confirm = (address: string) => void Object.assign(at(address) ?? {}, { isConfirmed: true });

const pending = (address: string) => ({ address, state: 'pending', is_fixed: false });
const confirmed = (address: string) => ({ address, state: 'confirmed', is_fixed: false });

describe('an address', () => {
  it('is asked for its consent, for the alerts of its tenant alone', async () => {
    expect((await add('Sales@north.example')).body.data).toEqual([pending('sales@north.example')]);
    expect(at('sales@north.example')).toMatchObject({ isConfirmed: false, policy: { tenant: ['north'] } });
    confirm('sales@north.example');
    expect(await list()).toEqual([confirmed('sales@north.example')]);
    expect(await list('south')).toEqual([]);
  });

  it('keeps who added it', async () => {
    await add('sales@north.example');
    expect(await world.table.row('north#SETTINGS', 'EMAIL#sales@north.example')).toMatchObject({
      changedAt: '2026-03-05T13:30:00.000Z',
      changedBy: { id: 'ana', name: 'Ana Diaz' },
    });
  });

  it('that is added twice is there once', async () => {
    await add('sales@north.example');
    confirm('sales@north.example');
    expect((await add('SALES@north.example')).body.data).toEqual([confirmed('sales@north.example')]);
    expect(world.aws.subscriptions).toHaveLength(1);
  });

  it('of two tenants has one subscription, for the alerts of both, until one of them takes it back', async () => {
    await add('desk@example.org');
    confirm('desk@example.org');
    expect((await add('desk@example.org', 'south')).body.data).toEqual([confirmed('desk@example.org')]);
    expect(at('desk@example.org')?.policy).toEqual({ tenant: ['north', 'south'] });
    expect((await remove('desk@example.org')).body.data).toEqual([]);
    expect(at('desk@example.org')?.policy).toEqual({ tenant: ['south'] });
    expect(await list('south')).toEqual([confirmed('desk@example.org')]);
    expect((await remove('desk@example.org', 'south')).body.data).toEqual([]);
    expect(world.aws.subscriptions).toEqual([]);
  });

  it('that another tenant waits for gets the alerts of both once it has confirmed', async () => {
    await add('desk@example.org', 'south');
    expect((await add('desk@example.org')).body.data).toEqual([pending('desk@example.org')]);
    expect(world.aws.subscriptions).toHaveLength(1);
    confirm('desk@example.org');
    expect(await list()).toEqual([confirmed('desk@example.org')]);
    expect(at('desk@example.org')?.policy).toEqual({ tenant: ['north', 'south'] });
  });

  it('keeps what else its subscription is filtered by', async () => {
    const policy = { tenant: ['south'], source: ['meta'] };
    world.aws.subscriptions.push({ address: 'desk@example.org', arn: 'arn:1', isConfirmed: true, policy });
    await add('desk@example.org');
    expect(at('desk@example.org')?.policy).toEqual({ tenant: ['north', 'south'], source: ['meta'] });
  });

  it('that somebody subscribed at SNS itself is shown to the tenants whose alerts it gets', async () => {
    const policy = { tenant: ['north'] };
    world.aws.subscriptions.push({ address: 'boss@example.org', arn: 'arn:1', isConfirmed: true, policy });
    expect(await list()).toEqual([confirmed('boss@example.org')]);
    expect(await list('south')).toEqual([]);
    expect((await remove('boss@example.org', 'south')).status).toBe(404);
    expect((await remove('boss@example.org')).body.data).toEqual([]);
  });

  it('that gets every tenant’s alerts is nobody’s to see, and stays', async () => {
    world.aws.subscriptions.push({ address: 'all@example.org', arn: 'arn:1', isConfirmed: true });
    expect(await list()).toEqual([]);
    expect((await add('all@example.org')).body.data).toEqual([confirmed('all@example.org')]);
    expect(await remove('all@example.org')).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(world.aws.subscriptions).toHaveLength(1);
  });

  it('that has not confirmed can not be removed, and that is said', async () => {
    await add('typo@north.example');
    const { status, body } = await remove('typo@north.example');
    expect({ status, error: body.error }).toEqual({
      status: 409,
      error: expect.stringContaining('SNS removes no such address'),
    });
  });

  it('that SNS forgot, since it never confirmed, is gone after a while', async () => {
    await add('typo@north.example');
    world.aws.subscriptions.splice(0);
    expect(await list()).toEqual([pending('typo@north.example')]);
    world.clock.now += 2 * 60 * 60_000;
    expect(await list()).toEqual([]);
    world.clock.now -= 2 * 60 * 60_000;
  });

  it('of the settings of the stage is shown as such, and is removed there', async () => {
    const { as } = world.told({ EMAIL_SUBSCRIBERS: { north: ['fixed@north.example'], south: [] } });
    const policy = { tenant: ['north'] };
    world.aws.subscriptions.push({ address: 'fixed@north.example', arn: 'arn:1', isConfirmed: true, policy });
    const fixed = as({ role: 'admin' });
    expect((await fixed.get('/api/settings/emails')).body.data).toEqual([
      { address: 'fixed@north.example', state: 'confirmed', is_fixed: true },
    ]);
    expect(await fixed.post('/api/settings/emails/remove', { address: 'fixed@north.example' })).toMatchObject({
      status: 409,
      body: { error: expect.stringContaining('emailSubscribers') },
    });
    const other = as({ role: 'admin', tenant: 'south' });
    expect(await other.post('/api/settings/emails/remove', { address: 'fixed@north.example' })).toMatchObject({
      status: 404,
    });
    expect(world.aws.subscriptions).toHaveLength(1);
  });

  it('must be one', async () => {
    for (const address of ['sales', 'a b@example.org', `${'a'.repeat(250)}@example.org`])
      expect(await add(address)).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^address: /) } });
  });
});

describe('the test mail', () => {
  const test = () => admin().post('/api/settings/emails/test', {});

  it('goes to all addresses of the tenant that have confirmed, and says so', async () => {
    for (const address of ['one@north.example', 'two@north.example', 'three@north.example']) await add(address);
    confirm('one@north.example');
    confirm('two@north.example');
    expect((await test()).body.data).toEqual({ ok: true, says: expect.stringContaining('all 2 addresses') });
    expect(world.aws.published).toEqual([
      {
        text: expect.stringContaining('Lead Relay: test message from Ana Diaz'),
        attributes: { tenant: 'north', source: 'test', category: 'test', lead_id: 'test_message' },
      },
    ]);
  });

  it('is not sent where nobody has confirmed', async () => {
    await add('one@north.example');
    expect((await test()).body.data).toEqual({ ok: false, says: expect.stringContaining('No address has confirmed') });
    expect(world.aws.published).toEqual([]);
  });

  it('is not sent where e-mail is off', async () => {
    const { as } = world.told({ USE_EMAIL: false });
    const { body } = await as({ role: 'admin' }).post('/api/settings/emails/test', {});
    expect(body.data).toEqual({ ok: false, says: expect.stringContaining('channels.email') });
  });
});
