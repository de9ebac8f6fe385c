import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type * as LeadTable from '../../lambdas/aws/lead-table.ts';
import type { Captured } from '../../lambdas/core/lead.ts';
import { enrichedLead, fullFacts, noFacts } from '../fixtures/lead.ts';
import { startTable, TABLE } from '../fixtures/table.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let leads: typeof LeadTable;
beforeAll(async () => {
  table = await startTable();
  leads = await import('../../lambdas/aws/lead-table.ts');
});
afterAll(() => table.stop());

/** Each test has a lead of its own. */
let id: { tenant: string; lead_id: string };
let count = 0;
beforeEach(() => {
  count += 1;
  id = { tenant: 'north', lead_id: `lead_${count}` };
});

const created = {
  receivedAt: '2026-03-05T13:30:01.000Z',
  dueAt: '2026-03-05T13:40:01.000Z',
  rawKey: 'source/crm_event_lead_Zq3.json',
  isTest: false,
};
const now = '2026-03-05T13:30:02.000Z';
const later = '2026-03-05T13:50:00.000Z';
const captured = (change: Partial<Captured> = {}): Captured => ({
  ...id,
  source: 'close',
  facts: fullFacts,
  asOf: '2026-03-05T13:30:00.000Z',
  created,
  ...change,
});
/** What an update says: no `created`. */
const updated = (change: Partial<Captured> = {}): Captured => {
  const { created: _, ...rest } = captured(change);
  return rest;
};
const save = (said: Captured, at = now) => leads.saveLead(TABLE, said, at);
const known = async () => (await leads.leadOf(TABLE, id))?.lead;
const named = (display_name: string) => ({ ...noFacts, display_name });

describe('a new lead', () => {
  it('is kept whatever the fields of its form are called', async () => {
    const facts = { ...noFacts, utm: { constructor: 'Ana Obras' } };
    await save(captured({ facts }));
    expect((await known())?.facts).toEqual(facts);
  });

  it('is kept with its times, and is found among all, the changed and the due', async () => {
    const row = await save(captured());
    expect(row).toMatchObject({
      ...id,
      ...created,
      source: 'close',
      facts: fullFacts,
      capturedAt: now,
      updatedAt: now,
      v: 1,
      PK: `north#LEAD#${id.lead_id}`,
      SK: 'LEAD',
      GSI1PK: 'north#LEADS',
      GSI1SK: `2026-03-05T13:30:01.000Z#${id.lead_id}`,
      GSI2PK: 'north#CHANGES',
      GSI2SK: `${now}#${id.lead_id}`,
      GSI3PK: 'north#DUE',
      GSI3SK: `2026-03-05T13:40:01.000Z#${id.lead_id}`,
    });
    expect(await known()).toEqual(row);
  });

  it('that the doctor made up is due like any other, and in no list', async () => {
    id = { tenant: 'north', lead_id: `lead_${'0'.repeat(12)}17727174010000000001` };
    const row = await save(captured());
    expect(row).toMatchObject({ receivedAt: created.receivedAt, GSI3PK: 'north#DUE' });
    await leads.markLookedUp(TABLE, { ...enrichedLead, ...id, display_name: 'Somebody Else' }, [], later);
    expect(Object.keys((await known()) ?? {}).filter((name) => /^GSI[124]/.test(name))).toEqual([]);
    const { findLeads } = await import('../../lambdas/aws/find-table.ts');
    expect(await findLeads(TABLE, 'north', '', 1000)).not.toContain(id.lead_id);
  });

  it('is kept with its page, that page’s user, its list and what is noted on it, once and for all', async () => {
    const noted = {
      account: '604180245791302',
      accountOwner: { name: 'Grace Hopper', email: null },
      list: 'Meta Ads Leads',
      remark: 'Meta Lead ID: 7701',
      status: 'new',
      nextCallDate: '2026-03-05',
    };
    expect(await save(captured({ created: { ...created, ...noted } }))).toMatchObject(noted);
    const other = { ...noted, accountOwner: { name: 'Ada Sample', email: null }, nextCallDate: '2026-03-06' };
    expect(await save(captured({ created: { ...created, ...other } }), later)).toMatchObject(noted);
  });

  it('is kept without those of them that nobody knows', async () => {
    const row = await save(captured({ created: { ...created, account: undefined, accountOwner: undefined } }));
    expect(row).not.toHaveProperty('account');
    expect(row).not.toHaveProperty('accountOwner');
    expect(row).not.toHaveProperty('list');
  });

  it('keeps the times of its first delivery when it comes again', async () => {
    await save(captured());
    const again = { ...created, receivedAt: later, dueAt: later, rawKey: 'source/other.json', isTest: true };
    expect(await save(captured({ created: again }), later)).toMatchObject({
      ...created,
      capturedAt: now,
      updatedAt: later,
    });
  });

  it('is no longer in its wait for anybody once that is noted', async () => {
    await save(captured());
    const lead = await known();
    expect(lead?.queuedAt).toBeUndefined();
    if (lead) await leads.markQueued(TABLE, lead, later);
    expect(await save(captured())).toMatchObject({ queuedAt: later });
  });
});

describe('what is known of a lead', () => {
  it('is what the newest event says, in whatever order they come', async () => {
    await save(captured({ facts: named('First') }));
    await save(updated({ facts: named('Second'), asOf: '2026-03-05T14:00:00.000Z' }));
    expect(await save(updated({ facts: named('Older'), asOf: '2026-03-05T13:59:59.999Z' }))).toMatchObject({
      facts: { display_name: 'Second' },
      asOf: '2026-03-05T14:00:00.000Z',
    });
    expect(await save(updated({ facts: named('Same time'), asOf: '2026-03-05T14:00:00.000Z' }))).toMatchObject({
      facts: { display_name: 'Same time' },
    });
  });

  it('is not undone by a creation that comes after its update, which still starts its times', async () => {
    await save(updated({ facts: named('Newer'), asOf: '2026-03-05T14:00:00.000Z' }));
    expect(await known()).toBeUndefined();
    expect(await save(captured({ facts: named('Older') }))).toMatchObject({
      ...created,
      facts: { display_name: 'Newer' },
      GSI3PK: 'north#DUE',
    });
  });

  it('is another tenant’s own affair', async () => {
    await save(captured());
    await save(captured({ tenant: 'south', facts: named('Somebody else') }));
    expect((await known())?.facts).toEqual(fullFacts);
  });
});

const told = async () => {
  await save(captured());
  const lead = await known();
  if (lead) await leads.markTold(TABLE, lead, later);
};

describe('a lead that was told', () => {
  it('is no longer due, and never again', async () => {
    await told();
    expect(await known()).toMatchObject({ toldAt: later });
    const row = await save(captured({ facts: named('Again'), asOf: '2026-03-06T00:00:00.000Z' }));
    expect(row).toMatchObject({ toldAt: later, facts: fullFacts });
    expect(row).not.toHaveProperty('GSI3PK');
    expect(row).not.toHaveProperty('GSI3SK');
    expect(row).toHaveProperty('GSI1PK');
  });

  it('is still updated', async () => {
    await told();
    const row = await save(updated({ facts: named('Renamed'), asOf: '2026-03-06T00:00:00.000Z' }));
    expect(row).toMatchObject({ toldAt: later, facts: { display_name: 'Renamed' } });
    expect(row).not.toHaveProperty('GSI3PK');
  });
});

describe('the timeline of a lead', () => {
  it('has when it was deleted; what was known of it stays', async () => {
    await save(captured());
    await leads.markDeleted(TABLE, id, '2026-03-07T10:00:00.000Z', later);
    expect(await known()).toMatchObject({ deletedAt: '2026-03-07T10:00:00.000Z', updatedAt: later, facts: fullFacts });
  });

  it('has when it was looked up, with what was found, and when it was enriched', async () => {
    const lead = await save(captured());
    const looked = { display_name: 'Zoë Müller', status_label: 'Potential', lead_email: null, phone: null };
    const found = { ...enrichedLead, ...id, ...looked, lead_owner: 'Grace Hopper' };
    await leads.markLookedUp(TABLE, found, [], later);
    expect(await known()).toMatchObject({ lookedUpAt: later, looked: { ...looked, lead_owner: 'Grace Hopper' } });
    expect(await known()).not.toHaveProperty('enrichedAt');
    await leads.markEnriched(TABLE, lead, later);
    expect(await known()).toMatchObject({ lookedUpAt: later, enrichedAt: later, GSI3PK: 'north#DUE' });
  });
});

describe('a lead of which nobody wants to be told', () => {
  it('is no longer due, and never again, though it is said to be new once more', async () => {
    await save(captured());
    await leads.markSilent(TABLE, id, later);
    expect(await known()).toMatchObject({ silentAt: later });
    const row = await save(captured({ facts: named('Again'), asOf: '2026-03-06T00:00:00.000Z' }));
    expect(row).toMatchObject({ silentAt: later, facts: fullFacts });
    expect(row).not.toHaveProperty('toldAt');
    expect(row).not.toHaveProperty('GSI3PK');
    expect(row).not.toHaveProperty('GSI3SK');
    expect(row).toHaveProperty('GSI1PK');
  });

  it('is still updated', async () => {
    await save(captured());
    await leads.markSilent(TABLE, id, later);
    const row = await save(updated({ facts: named('Renamed'), asOf: '2026-03-06T00:00:00.000Z' }));
    expect(row).toMatchObject({ silentAt: later, facts: { display_name: 'Renamed' } });
  });
});

describe('what a contact says beside its facts', () => {
  it('is kept as of the newest version, and is nothing again once that says so', async () => {
    const contact = { ownerId: '51', deletedAt: '2026-03-07T10:00:00.000Z', mergedInto: null };
    await save(captured({ asOf: '000000000002', contact }));
    expect(await known()).toMatchObject(contact);
    await save(updated({ asOf: '000000000001', contact: { ...contact, ownerId: '17' } }));
    expect(await known()).toMatchObject(contact);
    await save(updated({ asOf: '000000000003', contact: { ...contact, deletedAt: null } }));
    expect(await known()).toMatchObject({ ownerId: '51', deletedAt: null });
  });
});

describe('where something is remembered of a lead’s person', () => {
  const persons = async () => (await table.row(`north#LEAD#${id.lead_id}`, 'LEAD'))?.['persons'] as Set<string>;

  it('is noted with the facts that say so, and with what was looked up, and stays when they change', async () => {
    await save(captured({ facts: { ...noFacts, lead_email: 'zoe@example.org' } }));
    expect([...(await persons())]).toEqual([expect.stringMatching(/^north#PERSON#[0-9a-f]{64}$/)]);
    await save(updated({ facts: { ...noFacts, lead_email: 'other@example.org' }, asOf: '2026-03-05T14:00:00.000Z' }));
    expect([...(await persons())]).toHaveLength(2);
    await leads.markLookedUp(TABLE, { ...enrichedLead, ...id, lead_email: null, phone: '+14155550100' }, [], later);
    expect([...(await persons())]).toHaveLength(3);
    await leads.markLookedUp(TABLE, { ...enrichedLead, ...id, lead_email: 'ZOE@example.org', phone: null }, [], later);
    expect([...(await persons())]).toHaveLength(3);
  });

  it('is nowhere where it has neither address nor number', async () => {
    await save(captured({ facts: noFacts }));
    expect(await persons()).toBeUndefined();
  });
});

describe('what became of a lead on its way', () => {
  it('is kept on its row: who said what of its owner', async () => {
    const lead = await save(captured());
    const lookups = [{ directory: 'close', said: 'later' as const, reason: 'Close answered 503', at: later }];
    await leads.noteLookups(TABLE, lead, lookups, later);
    const row = await table.row(`north#LEAD#${id.lead_id}`, 'LEAD');
    expect(row).toMatchObject({ lookups });
    // Nothing that lists would show has changed.
    expect(row).toMatchObject({ updatedAt: lead.updatedAt, GSI2SK: `${lead.updatedAt}#${id.lead_id}` });
    expect(row).toHaveProperty('GSI3PK');
  });
});

describe('a lead as of now', () => {
  it('is its row', async () => {
    const row = await save(captured());
    expect(await leads.leadNow(TABLE, id)).toEqual(row);
  });

  it('is none where nothing ever began its wait', async () => {
    expect(await leads.leadNow(TABLE, id)).toBeUndefined();
    await save(updated());
    expect(await leads.leadNow(TABLE, id)).toBeUndefined();
  });
});

describe('a lead that was never created', () => {
  it('is none', async () => expect(await leads.leadOf(TABLE, id)).toBeUndefined());

  it('is none where it was only deleted', async () => {
    await leads.markDeleted(TABLE, id, later, later);
    expect(await leads.leadOf(TABLE, id)).toBeUndefined();
  });
});

it('fails where the table does', async () => {
  await expect(leads.saveLead('no-such-table', captured(), now)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(leads.leadOf('no-such-table', id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

describe('a lead whose delivery is run again', () => {
  const quiet = { how: 'quiet', job: 'job-1', tenant: 'north' } as const;
  const tell = { ...quiet, how: 'tell' } as const;

  it('comes back silent, is among all and the changed, and never among the due', async () => {
    const row = await save(captured({ again: quiet }));
    expect(row).toMatchObject({
      ...created,
      facts: fullFacts,
      silentAt: now,
      silentBy: 'job-1',
      GSI1PK: 'north#LEADS',
    });
    expect(row).not.toHaveProperty('GSI3PK');
    expect(await save(captured({ again: quiet }), later)).toMatchObject({ silentAt: now, silentBy: 'job-1' });
  });

  it('comes back silent behind an update that is newer, whose facts stay', async () => {
    await save(updated({ facts: named('Zoë Renamed'), asOf: later }));
    expect(await save(captured({ again: quiet }))).toMatchObject({
      facts: named('Zoë Renamed'),
      silentBy: 'job-1',
      receivedAt: created.receivedAt,
    });
  });

  it('gets its turn when its own delivery does, and that of no other', async () => {
    await save(captured({ again: quiet }));
    const other = await save(captured({ created: { ...created, rawKey: 'source/b.json' } }));
    expect(other).toMatchObject({ silentBy: 'job-1' });
    const row = await save(captured());
    expect(row).toMatchObject({ GSI3PK: 'north#DUE', GSI3SK: `${created.dueAt}#${id.lead_id}` });
    expect(row).not.toHaveProperty('silentAt');
    expect(row).not.toHaveProperty('silentBy');
  });

  it.each([['quiet'], ['tell']] as const)(
    'is brought to what the vendor sent although it was told: %s',
    async (how) => {
      await save(captured());
      await leads.markTold(TABLE, id, later);
      const row = await save(captured({ facts: named('Zoë'), again: { ...quiet, how } }), later);
      expect(row).toMatchObject({ facts: named('Zoë'), toldAt: later });
      expect(row).not.toHaveProperty('silentAt');
      expect(row).not.toHaveProperty('GSI3PK');
    },
  );

  it('is as new as any where it is to be told and nobody knew it', async () => {
    expect(await save(captured({ again: tell }))).toMatchObject({ GSI3PK: 'north#DUE' });
  });
});
