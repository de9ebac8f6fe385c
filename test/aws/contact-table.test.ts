import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as ContactTable from '../../lambdas/aws/contact-table.ts';
import { join, nobodyYet } from '../../lambdas/core/contact.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let contacts: typeof ContactTable;
beforeAll(async () => {
  table = await startTable();
  contacts = await import('../../lambdas/aws/contact-table.ts');
});
afterAll(() => table.stop());

const at = '2026-03-05T13:30:02.000Z';
const word = (n: number, properties: Record<string, string>) => ({ at: n, by: `ev_${n}`, properties });

it('a contact of which nothing is known has version 0', async () => {
  expect(await contacts.contactNow(TABLE, { tenant: 'north', lead_id: '9_0' })).toEqual({
    contact: nobodyYet,
    version: 0,
  });
});

it('a contact is kept with what it is known by beside all of its properties', async () => {
  const id = { tenant: 'north', lead_id: '9_1' };
  const contact = join(nobodyYet, {
    ...word(1, {
      email: 'zoe@example.org',
      firstname: 'Zoë',
      lastname: 'Müller',
      phone: '+4930',
      lifecyclestage: 'lead',
      utm_source: 'a',
      utm_medium: 'b',
      utm_campaign: 'c',
      hubspot_owner_id: '7',
      team_size: '11',
    }),
    life: { state: 'created' },
  });
  expect(await contacts.saveContact(TABLE, id, contact, 0, at)).toBe(true);
  expect(await contacts.contactNow(TABLE, id)).toEqual({ contact, version: 1 });
  expect(await table.row('north#LEAD#9_1', 'CONTACT')).toMatchObject({
    v: 1,
    email: 'zoe@example.org',
    first_name: 'Zoë',
    last_name: 'Müller',
    phone: '+4930',
    lifecycle_stage: 'lead',
    utm_source: 'a',
    utm_medium: 'b',
    utm_campaign: 'c',
    owner_id: '7',
    properties: { team_size: { value: '11', at: 1, by: 'ev_1' } },
    life: { state: 'created', at: 1, by: 'ev_1' },
    updatedAt: at,
  });
});

it('a contact is kept whatever its properties are called', async () => {
  const id = { tenant: 'north', lead_id: '9_builder' };
  const contact = join(nobodyYet, word(1, { constructor: 'Ana Obras', prototype: 'no', tostring: 'yes' }));
  expect(await contacts.saveContact(TABLE, id, contact, 0, at)).toBe(true);
  expect(await contacts.contactNow(TABLE, id)).toEqual({ contact, version: 1 });
});

it('a contact is written over the version that it was made of, and over no other', async () => {
  const id = { tenant: 'north', lead_id: '9_2' };
  expect(await contacts.saveContact(TABLE, id, nobodyYet, 0, at)).toBe(true);
  expect(await contacts.saveContact(TABLE, id, nobodyYet, 0, at)).toBe(false);
  expect(await contacts.saveContact(TABLE, id, nobodyYet, 2, at)).toBe(false);
  expect(await contacts.saveContact(TABLE, id, nobodyYet, 1, at)).toBe(true);
});

it('twenty writers at once each leave their word', async () => {
  const id = { tenant: 'north', lead_id: '9_3' };
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      for (;;) {
        const { contact, version } = await contacts.contactNow(TABLE, id);
        if (
          await contacts.saveContact(
            TABLE,
            id,
            join(contact, word(n, { [`p${n}`]: String(n), last: String(n) })),
            version,
            at,
          )
        )
          return;
      }
    }),
  );
  const { contact, version } = await contacts.contactNow(TABLE, id);
  expect([version, Object.keys(contact.properties).length, contact.properties['last']?.value]).toEqual([20, 21, '19']);
});

it('the same id in another tenant is another contact', async () => {
  expect((await contacts.contactNow(TABLE, { tenant: 'south', lead_id: '9_1' })).version).toBe(0);
});
