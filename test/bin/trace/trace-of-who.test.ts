import { describe, expect, it } from '@jest/globals';
import { traceOfWho } from '../../../bin/trace/trace-of-who.ts';
import type { TracePorts } from '../../../bin/trace/trace-ports.ts';
import type { LeadRecords } from '../../../lambdas/core/history.ts';
import { lead } from '../../fixtures/lead.ts';

const stage = { tenant: 'north', tenants: ['north', 'south'] };
const nothing: LeadRecords = { events: [], channels: [], actions: [] };
const told: LeadRecords = {
  ...nothing,
  lead: { ...lead, capturedAt: '2026-03-05T13:30:02.000Z', silentAt: '2026-03-05T13:40:03.500Z' },
};
const stuck: LeadRecords = { ...nothing, lead: { ...lead, lead_id: 'lead_B', receivedAt: '2026-03-05T13:35:00.000Z' } };

/** A stage where nothing is found but what a test says. */
const ports = (change: Partial<TracePorts> = {}): TracePorts => ({
  now: () => '2026-03-05T14:00:00.000Z',
  fallbackOwner: 'Unassigned',
  labelOf: () => 'Close',
  leadsOf: async () => [],
  recordsOf: async () => nothing,
  storedObject: async () => null,
  objectsNamed: async () => [],
  wasErased: async () => false,
  ...change,
});
const said = (who: string, change: Partial<TracePorts>) => traceOfWho(stage, who, ports(change));
const ids = (...all: string[]) => all.map((lead_id) => ({ lead_id, source: 'close' }));

describe('a trace at the terminal', () => {
  it('of a lead is its way with the times between, where it stands, and what the bucket has of it', async () => {
    const { text, json, exitCode } = await said('lead_Zq3', {
      leadsOf: async () => ids('lead_Zq3', 'lead_B'),
      recordsOf: async () => told,
      storedObject: async () => ({
        bytes: 412,
        storedAt: '2026-03-05T13:30:01.000Z',
        origin: 'webhook',
        digest: 'abc',
      }),
    });
    expect(text).toMatchInlineSnapshot(`
     "Lead lead_Zq3 of north, from Close
     DONE: Nobody is told of it. Since 2026-03-05 13:40:03 UTC.

     TIME (UTC)               AFTER        OUTCOME  WHAT                 DETAIL
     2026-03-05 13:30:01.000               done     Received             Close sent it to the webhook
     2026-03-05 13:30:01.000  +0 ms        done     Verified and stored  source/crm_event_lead_Zq3.json · 412 bytes · SHA-256 abc
     2026-03-05 13:30:02.000  +1 s         done     Understood and kept
     2026-03-05 13:40:03.500  +10 min 1 s  skipped  Nobody is told       nobody wants alerts of leads that are pending

     The same person has lead_B."
    `);
    expect(json).toMatchObject({
      leads: [
        {
          lead_id: 'lead_Zq3',
          tenant: 'north',
          source: 'close',
          received_at: '2026-03-05T13:30:01.000Z',
          standing: { state: 'done' },
          points: [{ what: 'Received', after_ms: null }, { what: 'Verified and stored', after_ms: 0 }, {}, {}],
        },
      ],
      same_person: ['lead_B'],
    });
    expect(exitCode).toBe(0);
  });

  it('of a person with several leads lists them, the newest first, and ends with 2 where one is stuck', async () => {
    const { text, json, exitCode } = await said('zoe@example.org', {
      leadsOf: async () => ids('lead_Zq3', 'lead_B'),
      recordsOf: async ({ lead_id }) => (lead_id === 'lead_B' ? stuck : told),
    });
    expect(text).toMatchInlineSnapshot(`
     "2 leads of the same person; npm run trace -- LEAD shows the way of one:

     RECEIVED (UTC)       LEAD      FROM   STATE  WHERE IT STANDS
     2026-03-05 13:35:00  lead_B    Close  stuck  It is kept, and its wait never began: the capture queue is behind, or it is among its dead letters.
     2026-03-05 13:30:01  lead_Zq3  Close  done   Nobody is told of it."
    `);
    expect(json).toMatchObject({
      leads: [{ lead_id: 'lead_B', standing: { state: 'stuck' } }, { lead_id: 'lead_Zq3' }],
    });
    expect(exitCode).toBe(2);
  });

  it('of a person with one lead is that lead', async () => {
    const only = { leadsOf: async () => ids('lead_Zq3'), recordsOf: async () => told };
    expect((await said('zoe@example.org', only)).text).toMatch(/^Lead lead_Zq3 of north, from Close\nDONE: /);
  });

  it('of a lead whose page nobody has says so, and since when it waits', async () => {
    const at = '2026-03-05T13:30:02.000Z';
    const event = { id: '9', source: 'meta', at, type: 'leadgen', rawKey: 'source/a.json', delivery: {}, times: 1 };
    const unset = { occurredAt: undefined, effect: 'created', readAt: undefined, repeatedAt: undefined };
    const held = {
      outcome: 'no_route' as const,
      reason: 'No user found for page_id: 1',
      heldAt: at,
      heldFor: undefined,
    };
    const { text, exitCode } = await said('9001', {
      leadsOf: async () => ids('9001'),
      recordsOf: async ({ tenant }) =>
        tenant === 'none' ? { ...nothing, events: [{ ...event, ...unset, ...held }] } : nothing,
    });
    expect(text).toContain('Lead 9001 of none, from Close\nSTUCK: It waits to be read: No user found for page_id: 1.');
    expect(exitCode).toBe(2);
  });
});

describe('who is not in the table', () => {
  it('but whose delivery is stored was not captured', async () => {
    const { text, json, exitCode } = await said('lead_X', {
      objectsNamed: async () => ['source/crm_event_lead_X.json'],
      storedObject: async () => ({
        bytes: 412,
        storedAt: '2026-03-05T13:30:01.000Z',
        origin: 'webhook',
        tenant: 'north',
      }),
    });
    expect(text).toMatchInlineSnapshot(`
     "STUCK: a delivery of the lead lead_X is stored, and the table knows nothing of it for north: it was not captured.
       source/crm_event_lead_X.json · 412 bytes · stored 2026-03-05T13:30:01.000Z · by webhook
     The capture queue is behind, or it is among its dead letters."
    `);
    expect(json).toMatchObject({ leads: [], stored: [{ key: 'source/crm_event_lead_X.json', bytes: 412 }] });
    expect(exitCode).toBe(2);
  });

  it('may be another tenant’s', async () => {
    const other = {
      objectsNamed: async () => ['source/a.json'],
      storedObject: async () => ({ bytes: 1, tenant: 'south' }),
    };
    expect(await said('lead_X', other)).toMatchObject({
      text: 'lead_X is no lead of north: source/a.json is of the tenant south. Add --tenant south.',
      exitCode: 1,
    });
  });

  it('may have been erased', async () => {
    const { text, exitCode } = await said('lead_X', { wasErased: async () => true });
    expect(text).toBe(
      'The lead lead_X of north was erased, since its person was to be forgotten: nothing of it is kept.',
    );
    expect(exitCode).toBe(1);
  });

  it('is said to be found nowhere, and where that was looked', async () => {
    const { text, json, exitCode } = await said(' 490111 ', {});
    expect(text).toMatchInlineSnapshot(`
     "Table: no lead 490111 of north, no event of it, and none that waits for its page or portal.
     People: No lead of north has this address or number. A number needs its country (+49…); what could not be read yet has neither, and is found by its id: npm run events shows the latest.
     Bucket: no delivery is named source/crm_event_490111… or source/meta_event_490111…. One of several leads, and each of HubSpot, is named by its content and can’t be found by an id.
     Not looked at: other tenants. Add --tenant south."
    `);
    expect(json).toMatchObject({ who: '490111', leads: [], not_found: text.split('\n') });
    expect(exitCode).toBe(1);
  });

  it('by an address is looked for among people alone', async () => {
    const objectsNamed = async () => {
      throw new Error('an address is no name');
    };
    expect((await said('zoe@example.org', { objectsNamed })).text).toMatch(
      /^No lead of north has this address or number\./,
    );
  });
});
