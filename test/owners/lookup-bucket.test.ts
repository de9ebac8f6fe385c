import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { lookupBucket } from '../../lambdas/owners/lookup-bucket.ts';
import { lead } from '../fixtures/lead.ts';

const entry = {
  lead_id: 'lead_Zq3',
  display_name: 'Zoë Müller',
  lead_email: 'zoe@example.org',
  lead_owner: 'Grace Hopper',
  funnel: 'Webinar',
  status_label: 'Potential',
  date_created: '2026-03-05T13:30:00.000000+00:00',
};

/** Looks a lead up in a bucket that holds this text under its key, and says what was read and counted. */
async function lookUp(text: string | undefined, of = lead) {
  const read: string[] = [];
  const counted: [string, boolean][] = [];
  const directory = lookupBucket({
    read: async (key) => {
      read.push(key);
      return text;
    },
    found: async ({ tenant }, hit) => void counted.push([tenant, hit]),
  });
  return { answer: await directory.lookUp(of), read, counted };
}

it('knows what stands in the object of the lead', async () => {
  expect(await lookUp(JSON.stringify(entry))).toEqual({
    answer: {
      lead_owner: 'Grace Hopper',
      lead_email: 'zoe@example.org',
      funnel: 'Webinar',
      display_name: 'Zoë Müller',
      status_label: 'Potential',
      date_created: '2026-03-05T13:30:00.000Z',
    },
    read: ['lead_Zq3.json'],
    counted: [['north', true]],
  });
});

it('says whose lead it was that it looked up, since one with an owner from its page need not be known there', async () => {
  const owned = { ...lead, accountOwner: { name: 'Ada Lovelace', email: null } };
  const found: unknown[] = [];
  await lookupBucket({
    read: async () => undefined,
    found: async (...args) => void found.push(args),
  }).lookUp(owned);
  expect(found).toEqual([[owned, false]]);
});

it('takes "None" and "" for what they mean', async () => {
  const { answer } = await lookUp(JSON.stringify({ ...entry, lead_owner: 'None', lead_email: '', funnel: null }));
  expect(answer).toMatchObject({ lead_owner: null, lead_email: null, funnel: null });
});

describe('knows nothing, and counts a miss,', () => {
  it.each<[string, string | undefined]>([
    ['where there is no object', undefined],
    ['where it is empty', ''],
    ['where it is not JSON', '{"lead_id": "lead_Zq3"'],
    ['where it is a page of HTML', '<html><body>Access denied</body></html>'],
    ['where it is of another lead', JSON.stringify({ ...entry, lead_id: 'lead_other' })],
    ['where it says of no lead', JSON.stringify({ ...entry, lead_id: undefined })],
    ['where it is a list', JSON.stringify([entry])],
    ['where it is null', 'null'],
    ['where the id is no text', JSON.stringify({ ...entry, lead_id: { $ne: null } })],
  ])('%s', async (_, text) => {
    const { answer, counted } = await lookUp(text);
    expect(answer).toBeUndefined();
    expect(counted).toEqual([['north', false]]);
  });
});

it.each(['../secrets', 'a/b', '%2e%2e', 'lead?x=1', ''])(
  'reads nothing for an id that could leave the bucket: %j',
  async (id) => {
    const { answer, read } = await lookUp(JSON.stringify({ ...entry, lead_id: id }), { ...lead, lead_id: id });
    expect(answer).toBeUndefined();
    expect(read).toEqual([]);
  },
);

it('fails where the bucket itself fails, and counts nothing', async () => {
  let counted = 0;
  const directory = lookupBucket({
    read: () => Promise.reject(new Error('NoSuchBucket')),
    found: async () => void (counted += 1),
  });
  await expect(directory.lookUp(lead)).rejects.toThrow('NoSuchBucket');
  expect(counted).toBe(0);
});

it('says text, a date or nothing, whatever stands there', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...Object.keys(entry), '__proto__'), fc.jsonValue()),
      async (content) => {
        const { answer } = await lookUp(JSON.stringify({ ...content, lead_id: 'lead_Zq3' }));
        for (const value of Object.values(answer ?? {})) expect(value === null || typeof value === 'string').toBe(true);
      },
    ),
  );
});
