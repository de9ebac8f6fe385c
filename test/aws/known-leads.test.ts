import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type * as KnownLeads from '../../lambdas/aws/known-leads.ts';
import { noFacts } from '../fixtures/lead.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let known: typeof KnownLeads;
const AT = '2026-03-05T13:30:00.000Z';
const of = { tenant: 'north', source: 'hubspot', account: '1' };

beforeAll(async () => {
  table = await startTable();
  known = await import('../../lambdas/aws/known-leads.ts');
  const { saveLead } = await import('../../lambdas/aws/lead-table.ts');
  const { saveContact } = await import('../../lambdas/aws/contact-table.ts');
  const { rememberErased } = await import('../../lambdas/aws/erased-table.ts');
  const lead = (lead_id: string) => ({ tenant: 'north', lead_id, source: 'hubspot', facts: noFacts, asOf: AT });
  const created = { receivedAt: AT, dueAt: AT, rawKey: 'source/x.json', isTest: false };
  await saveLead(TABLE, { ...lead('1_lead'), created }, AT);
  // A contact that was there before us has a row too, and is no lead.
  await saveLead(TABLE, lead('1_contact'), AT);
  const contact = { properties: { email: { value: 'zoe@example.org', at: 1, by: '' } } };
  await saveContact(TABLE, { tenant: 'north', lead_id: '1_contact' }, contact, 0, AT);
  await rememberErased(TABLE, { ...of, lead_id: '1_erased' }, AT);
});
afterAll(() => table.stop());

it('a lead is missing where the tenant neither has it nor erased it', async () => {
  const ids = ['1_lead', '1_contact', '1_erased', '1_never', '1_never'];
  expect([...(await known.missingOf(TABLE, of, ids))].sort()).toEqual(['1_contact', '1_never']);
  expect([...(await known.missingOf(TABLE, { ...of, tenant: 'south' }, ['1_lead']))]).toEqual(['1_lead']);
  expect([...(await known.missingOf(TABLE, of, []))]).toEqual([]);
});

it('a whole page of results is looked up, however many they are', async () => {
  const ids = Array.from({ length: 250 }, (_, n) => `1_${n}`);
  expect((await known.missingOf(TABLE, of, [...ids, '1_lead'])).size).toBe(250);
});

it('what is known of contacts comes by their ids', async () => {
  const contacts = await known.contactsOf(TABLE, 'north', ['1_contact', '1_lead']);
  expect([...contacts]).toEqual([
    ['1_contact', { properties: { email: { value: 'zoe@example.org', at: 1, by: '' } } }],
  ]);
});
