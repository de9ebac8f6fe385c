import { expect, it } from '@jest/globals';
import { announcementOf } from '../../lambdas/core/announcement.ts';
import { manual } from '../../lambdas/core/manual.ts';
import { hubspot } from '../../lambdas/sources/hubspot/index.ts';
import { lead } from '../fixtures/lead.ts';

const change = {
  version: 2,
  category: 'subscribed',
  previous: 'pending',
  by: 'ev_1',
  at: '2026-03-05T13:30:02.000Z',
  leasedUntil: 0,
} as const;
const contact = { ...lead, source: 'hubspot', lead_id: '48120733_7' };

it('a queue gets an id that is the same for each repeat, the version, and ids and categories alone', () => {
  const [{ body }, attributes] = announcementOf(contact, change, hubspot);
  expect(JSON.parse(body.default)).toEqual({
    v: 1,
    id: 'north/48120733_7/2',
    version: 2,
    lead_id: '48120733_7',
    tenant: 'north',
    source: 'hubspot',
    category: 'subscribed',
    previous: 'pending',
    at: '2026-03-05T13:30:02.000Z',
    is_test: false,
  });
  expect(attributes).toEqual({ category: 'subscribed', source: 'hubspot', tenant: 'north', lead_id: '48120733_7' });
});

it('a person gets a sentence and where to look', () => {
  const [{ subject, body }] = announcementOf(contact, change, hubspot);
  expect(subject).toBe('Already subscribed: a lead of HubSpot');
  expect(body.email).toBe(
    [
      'A lead of HubSpot is Already subscribed now, and was Pending.',
      '',
      'https://app.hubspot.com/contacts/48120733/record/0-1/7',
      '',
      'Lead ID 48120733_7',
    ].join('\n'),
  );
});

it('a new lead is said to be new, a test to be one', () => {
  const [{ subject, body }] = announcementOf({ ...contact, isTest: true }, { ...change, previous: null }, hubspot);
  expect(subject).toBe('TEST Already subscribed: a lead of HubSpot');
  expect(body.email).toContain('TEST A lead of HubSpot is new: Already subscribed.');
  expect(JSON.parse(body.default)).toMatchObject({ is_test: true, previous: null });
});

it('nothing that a person typed goes out', () => {
  const text = JSON.stringify(announcementOf(contact, change, hubspot));
  for (const typed of ['Zoë', 'Müller', 'zoe@example.org', '4155550100', 'Acme']) expect(text).not.toContain(typed);
});

it('a lead that a person added is said to be that, and is nowhere to be opened', () => {
  const [{ subject, body }] = announcementOf({ ...lead, source: 'manual' }, { ...change, previous: null }, manual);
  expect(subject).toBe('Already subscribed: a lead added by hand');
  expect(body.email).toBe('A lead added by hand is new: Already subscribed.\n\n\n\nLead ID lead_Zq3');
});
