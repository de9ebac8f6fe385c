import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultStatuses } from '../../lambdas/core/statuses.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

const at = '2026-03-05T13:30:00.000Z';
const by = { id: 'ana', name: 'Ana Diaz' };

describe('the statuses of a tenant', () => {
  const statuses = [{ key: 'new', label: 'Neu', is_closed: false }];

  it('are the usual ones until they are changed, each time by whoever saw the newest', async () => {
    const { saveStatuses, statusesOf } = await import('../../lambdas/aws/status-table.ts');
    const save = (version: number) => saveStatuses(TABLE, 'north', { statuses, version }, { by, at });
    expect(await statusesOf(TABLE, 'north')).toEqual({ statuses: defaultStatuses, version: 0 });
    expect(await save(1)).toBeUndefined();
    expect(await save(0)).toEqual({ statuses, version: 1 });
    expect(await save(0)).toBeUndefined();
    expect(await save(1)).toEqual({ statuses, version: 2 });
    expect(await statusesOf(TABLE, 'north')).toEqual({ statuses, version: 2 });
    expect(await statusesOf(TABLE, 'south')).toMatchObject({ version: 0 });
    expect(await table.row('north#SETTINGS', 'STATUSES')).toMatchObject({ edits: 2, changedBy: by, changedAt: at });
  });
});

describe('the addresses that people entered', () => {
  it('are those of the tenant, with who entered them', async () => {
    const { deleteEmail, emailsOf, saveEmail } = await import('../../lambdas/aws/email-table.ts');
    const row = { address: 'desk@x.org', arn: 'arn:1', changedAt: at };
    await saveEmail(TABLE, 'north', row, { by });
    expect(await emailsOf(TABLE, 'north')).toEqual([expect.objectContaining({ ...row, changedBy: by })]);
    expect(await emailsOf(TABLE, 'south')).toEqual([]);
    await deleteEmail(TABLE, 'north', 'desk@x.org');
    expect(await emailsOf(TABLE, 'north')).toEqual([]);
  });
});

it('the last change of what has no row is kept, and never what it is', async () => {
  const { noteChange } = await import('../../lambdas/aws/change-table.ts');
  await noteChange(TABLE, 'north', 'slack', { by: { id: 'x', name: 'X' }, at: '2026-03-04T00:00:00.000Z' });
  await noteChange(TABLE, 'north', 'slack', { by, at });
  expect(await table.row('north#SETTINGS', 'CHANGE#slack')).toEqual({
    PK: 'north#SETTINGS',
    SK: 'CHANGE#slack',
    v: 1,
    tenant: 'north',
    changedAt: at,
    changedBy: by,
  });
});
