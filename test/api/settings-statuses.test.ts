import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultStatuses } from '../../lambdas/core/statuses.ts';
import { startApi } from '../fixtures/api-world.ts';

let world: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  world = await startApi();
});
afterAll(() => world.table.stop());

const path = '/api/settings/statuses';
const admin = (tenant = 'north') => world.as({ role: 'admin', tenant });
const status = (key: string, label = key, is_closed = false) => ({ key, label, is_closed });

describe('the statuses of a tenant', () => {
  it('are the usual ones before anybody changed them, for every role', async () => {
    expect((await world.as().get(path)).body.data).toEqual({ statuses: defaultStatuses, version: 0 });
  });

  it('are replaced as a whole, for this tenant alone', async () => {
    const statuses = [status('new', 'Neu'), status('visit', 'Besuch'), status('won', 'Gewonnen', true)];
    const answer = await admin().put(path, { statuses, version: 0 });
    expect(answer).toMatchObject({ status: 200, body: { data: { statuses, version: 1 } } });
    expect((await world.as().get(path)).body.data).toEqual({ statuses, version: 1 });
    expect((await world.as().get('/api/me')).body.data).toMatchObject({ statuses });
    expect((await world.as({ tenant: 'south' }).get(path)).body.data).toMatchObject({ version: 0 });
  });

  it('keep who changed them', async () => {
    expect(await world.table.row('north#SETTINGS', 'STATUSES')).toMatchObject({
      edits: 1,
      changedBy: { id: 'ana', name: 'Ana Diaz' },
      changedAt: expect.any(String),
    });
  });

  it('are not overwritten by somebody who saw them before; what they are now is told', async () => {
    const before = (await world.as().get(path)).body.data;
    for (const version of [0, 7])
      expect(await admin().put(path, { statuses: [status('mine')], version })).toMatchObject({
        status: 409,
        body: { code: 'conflict', data: before },
      });
    expect((await world.as().get(path)).body.data).toEqual(before);
  });

  it('that are gone leave their leads in the first one', async () => {
    await world.lead(1, { tenant: 'north', id: 'lead_w', status: 'qualified' });
    expect((await world.as().get('/api/leads/lead_w')).body.data).toMatchObject({ status: 'new' });
  });

  it.each([
    ['the same key twice', [status('new'), status('new', 'Other')], 'each key'],
    ['the same label twice', [status('new', 'New'), status('other', 'NEW')], 'each label'],
    ['a first one that is closed', [status('won', 'Won', true), status('new')], 'the first one'],
    ['none at all', [], 'statuses'],
    ['a key in capitals', [status('New')], 'statuses.0.key'],
    ['a label of nothing', [status('new', ' ')], 'statuses.0.label'],
  ])('are never %s', async (_, statuses, reason) => {
    const { status: code, body } = await admin('south').put(path, { statuses, version: 0 });
    expect({ code, error: body.error }).toEqual({ code: 400, error: expect.stringContaining(reason) });
  });
});
