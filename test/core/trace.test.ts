import { describe, expect, it } from '@jest/globals';
import type { LeadEvent, LeadRecords, Receipt } from '../../lambdas/core/history.ts';
import type { Lead } from '../../lambdas/core/lead.ts';
import { type TraceContext, traceOf } from '../../lambdas/core/trace.ts';
import { lead } from '../fixtures/lead.ts';

const at = (time: string) => `2026-03-05T13:${time}.000Z`;
const context: TraceContext = { now: at('59:00'), label: 'Close', fallbackOwner: 'Unassigned' };

const created: LeadEvent = {
  id: 'ev_1',
  source: 'close',
  at: at('30:03'),
  occurredAt: at('30:00'),
  type: 'lead.created',
  effect: 'created',
  outcome: 'done',
  reason: undefined,
  rawKey: lead.rawKey,
  delivery: { receivedAt: lead.receivedAt, storedAt: at('30:01'), origin: 'webhook', digest: 'abc' },
  readAt: undefined,
  heldAt: undefined,
  heldFor: undefined,
  times: 1,
  repeatedAt: undefined,
};
const queued: Lead = { ...lead, capturedAt: at('30:02'), queuedAt: at('30:03') };
const enriched: Lead = {
  ...queued,
  category: 'pending',
  categoryVersion: 1,
  announced: { version: 1, at: at('30:03') },
  lookups: [
    { directory: 'lookup', said: 'nothing', at: at('40:02') },
    { directory: 'close', said: 'owner', at: at('40:03') },
  ],
  lookedUpAt: at('40:04'),
  looked: { display_name: null, status_label: null, lead_email: null, phone: null, lead_owner: 'Grace Hopper' },
  enrichedAt: at('40:05'),
};
const told: Lead = { ...enriched, toldAt: at('40:08') };
const slack: Receipt = { channel: 'slack', state: 'told', attempts: 1, settledAt: at('40:06'), receipt: 'ok' };
const email: Receipt = { channel: 'email', state: 'told', attempts: 1, settledAt: at('40:07'), receipt: 'message-1' };

const records = (change: Partial<LeadRecords> = {}): LeadRecords => ({
  lead: told,
  events: [created],
  channels: [slack, email],
  actions: [],
  ...change,
});
const trace = (change: Partial<LeadRecords> = {}, more: Partial<TraceContext> = {}) =>
  traceOf(records(change), { ...context, ...more });
/** Each point as a line: `13:30:01 +1000 done Received: Close sent it`. */
const lines = (...of: Parameters<typeof trace>) =>
  trace(...of).points.map(
    ({ at: time, after, outcome, what, detail }) =>
      `${time?.slice(11, 19) ?? '?'} ${after === null ? '' : `+${after} `}${outcome} ${what}${detail === null ? '' : `: ${detail}`}`,
  );
const standing = (...of: Parameters<typeof trace>) => trace(...of).standing;
const withoutLead = (...events: LeadEvent[]): LeadRecords => ({ events, channels: [], actions: [] });

describe('a trace', () => {
  it('goes from the vendor to each receipt, with the milliseconds between', () => {
    expect(lines()).toEqual([
      '13:30:00 done Happened at Close: lead.created',
      '13:30:01 +1000 done Received: Close sent it to the webhook',
      '13:30:01 +0 done Verified and stored: source/crm_event_lead_Zq3.json · SHA-256 abc',
      '13:30:02 +1000 done Understood and kept',
      '13:30:03 +1000 done Event lead.created: worked through · event ev_1 · source/crm_event_lead_Zq3.json',
      '13:30:03 +0 done Put into its wait: 10 min from its reception, for the CRM to give it an owner',
      '13:30:03 +0 done Category Pending: published to the topic',
      '13:40:01 +598000 done The wait was over',
      '13:40:02 +1000 skipped Asked the lookup bucket: it knows nothing of this lead',
      '13:40:03 +1000 done Asked the Close API: it named an owner',
      '13:40:04 +1000 done Owner looked up: its owner is Grace Hopper',
      '13:40:05 +1000 done Enriched: kept in target/, which every channel is told from',
      '13:40:06 +1000 done Told by Slack: receipt ok',
      '13:40:07 +1000 done Told by e-mail: receipt message-1',
      '13:40:08 +1000 done Told: every channel has come to its end',
    ]);
    expect(standing()).toEqual({ state: 'done', says: 'People were told.', since: at('40:08') });
  });

  it('invents nothing: what an earlier release did not note is said to be unknown, and stands in its place', () => {
    const { capturedAt: _c, announced: _a, lookups: _l, ...old } = told;
    const bare = { ...created, delivery: {}, occurredAt: undefined };
    const all = lines({ lead: old, events: [bare], channels: [{ ...slack, receipt: undefined as never }] });
    expect(all.slice(0, 3)).toEqual([
      '13:30:01 done Received: by which way was not noted',
      '? done Verified and stored: source/crm_event_lead_Zq3.json · its digest was not noted',
      '13:30:03 +2000 done Event lead.created: worked through · event ev_1 · source/crm_event_lead_Zq3.json',
    ]);
    expect(all).toContain('? done Understood and kept: when was not noted');
    expect(all).toContain('? done Category Pending: published to the topic; when was not noted');
    expect(all).toContain('13:40:04 +3000 done Owner looked up: its owner is Grace Hopper; who said so was not noted');
    expect(all).toContain('13:40:06 +1000 done Told by Slack: receipt not noted');
  });

  it.each([
    ['backfill', 'it was missing, and fetched from Close'],
    ['replay', 'it was run again from what was stored'],
  ] as const)('says that a delivery came by %s', (origin, words) => {
    const event = { ...created, delivery: { ...created.delivery, origin } };
    expect(lines({ events: [event] })).toContain(`13:30:01 +1000 done Received: ${words}`);
  });

  it('says what the bucket has of its delivery now, where somebody looked', () => {
    expect(lines({}, { stored: { bytes: 412 } })).toContain(
      '13:30:01 +0 done Verified and stored: source/crm_event_lead_Zq3.json · 412 bytes · SHA-256 abc',
    );
    expect(lines({}, { stored: null })[2]).toBe(
      '13:30:01 +0 failed Verified and stored: source/crm_event_lead_Zq3.json · SHA-256 abc · the object is not there any more',
    );
  });

  it('has every event with its outcome and its reason, what was read at the vendor, what held it up, and repeats', () => {
    const read = {
      ...created,
      readAt: at('31:00'),
      heldAt: at('30:02'),
      heldFor: 'Meta answered 500',
      at: at('31:02'),
    };
    const repeated = { ...read, times: 3, repeatedAt: at('35:00') };
    const odd = { ...created, id: 'ev_2', type: 'lead.strange', effect: undefined, at: at('36:00') };
    const lost = {
      ...odd,
      outcome: 'not_for_us' as const,
      reason: 'it says nothing of a lead',
      rawKey: 'source/b.json',
    };
    const all = lines({ events: [lost, repeated] });
    expect(all.filter((line) => /Event|Read|again/.test(line))).toEqual([
      '13:30:02 +1000 waits Event lead.created held up: Meta answered 500',
      '13:31:00 +57000 done Read at Close: what the event left out',
      '13:31:02 +2000 done Event lead.created: worked through · event ev_1 · source/crm_event_lead_Zq3.json',
      '13:35:00 +238000 skipped Received again: lead.created, 3 times in all',
      '13:36:00 +60000 skipped Event lead.strange: nothing for us · it says nothing of a lead · event ev_2 · source/b.json',
    ]);
  });

  it('of a lead that a person added begins with who did', () => {
    const actions = [
      { version: 1, at: at('30:01'), by: { id: 'ana', name: 'Ana' }, kind: 'added' as const, changes: [] },
    ];
    const { capturedAt: _, ...row } = queued;
    const silent = { ...row, isManual: true, silentAt: at('30:04') };
    expect(lines({ lead: silent, events: [], channels: [], actions })).toEqual([
      '13:30:01 done Added by hand: by Ana',
      '13:30:03 +2000 done Put into its wait: 10 min from its reception, for the CRM to give it an owner',
      '13:30:04 +1000 skipped Nobody is told: it was added without an alert',
      '13:40:01 +597000 done The wait was over',
    ]);
  });

  it('shows nothing that has not happened yet', () => {
    const all = trace({ lead: queued, channels: [] }, { now: at('35:00') });
    expect(all.points.at(-1)?.what).toBe('Put into its wait');
    expect(all.standing).toEqual({
      state: 'waits',
      says: 'It waits for its owner, and is told in 5 min.',
      since: at('30:03'),
    });
  });

  it('says that the wait was over where the lead came to it only later', () => {
    const late = { ...queued, queuedAt: at('41:00') };
    expect(lines({ lead: late, channels: [] }).at(-1)).toBe(
      '13:41:00 +657000 done Put into its wait: 10 min from its reception, for the CRM to give it an owner; that was over already',
    );
  });

  it('says of each lookup what came of it', () => {
    const lookups = [
      { directory: 'lookup', said: 'facts' as const, at: at('40:02') },
      { directory: 'close', said: 'nothing' as const, at: at('40:02') },
      { directory: 'hubspot', said: 'refused' as const, reason: 'HubSpot answered 401', at: at('40:03') },
      { directory: 'page', said: 'later' as const, reason: 'no answer', at: at('40:04') },
    ];
    expect(lines({ lead: { ...queued, lookups }, channels: [] }).slice(-4)).toEqual([
      '13:40:02 +1000 done Asked the lookup bucket: it knows the lead, and no owner',
      '13:40:02 +0 skipped Asked the Close API: it knows nothing of this lead, or there is no key to ask it with',
      '13:40:03 +1000 failed Asked the HubSpot API: it refused (HubSpot answered 401)',
      '13:40:04 +1000 waits Asked the page’s user: it could not answer; the lead waits for it (no answer)',
    ]);
  });

  it('says of a category that the topic does not have yet since when it waits', () => {
    const change = {
      version: 2,
      category: 'subscribed',
      previous: 'pending',
      by: 'x',
      at: at('41:00'),
      leasedUntil: 0,
    } as const;
    const changed = { ...told, category: 'subscribed' as const, categoryVersion: 2, announcements: { 2: change } };
    expect(lines({ lead: changed }).at(-1)).toBe(
      '13:41:00 +52000 waits Category Already subscribed: not published yet',
    );
  });
});

const channel = (change: Partial<Receipt>) => {
  const { toldAt: _, ...open } = told;
  return lines({ lead: open, channels: [{ ...slack, ...change }] }).at(-1);
};

describe('what came of a channel', () => {
  it.each<[string, Partial<Receipt>, string]>([
    [
      'told at a later try',
      { attempts: 3, reason: 'Slack answered 500' },
      '13:40:06 +1000 done Told by Slack: receipt ok · try 3, after Slack answered 500',
    ],
    [
      'told once more',
      { channel: 'slack#4f6e' },
      '13:40:06 +1000 done Told by Slack: receipt ok · once more, for replay 4f6e',
    ],
    ['told in a digest', { receipt: 'digest_slack_5' }, '13:40:06 +1000 done Told by Slack: receipt digest_slack_5'],
    [
      'refused',
      { state: 'refused', reason: 'Slack answered 404' },
      '13:40:06 +1000 failed Slack refused: Slack answered 404',
    ],
    [
      'tried again',
      { state: 'waiting', attempts: 2, reason: 'Slack answered 500' },
      '13:40:06 +1000 waits Slack did not take it: Slack answered 500 · try 2; it is tried again',
    ],
    [
      'in a digest',
      { state: 'digest', settledAt: undefined as never, attempts: 0 },
      '? waits In a digest for Slack: told together with others once that is due',
    ],
    [
      'being sent',
      { state: 'leased', settledAt: undefined as never, leasedUntil: Date.parse(at('59:09')) },
      '? waits Being told by Slack: just now',
    ],
    [
      'cut off',
      { state: 'leased', settledAt: undefined as never, leasedUntil: 1, attempts: 2 },
      '? waits Slack is not told: whoever was sending ended before the answer was noted · try 2; the next try follows',
    ],
  ])('%s', (_, change, line) => expect(channel(change)).toBe(line));
});

describe('a lead stands', () => {
  const later = [{ directory: 'close', said: 'later' as const, reason: 'Close answered 503', at: at('40:02') }];
  const { toldAt: _, ...untold } = told;

  it.each<[string, LeadRecords, string, ReturnType<typeof standing>]>([
    [
      'told, but not by all',
      records({ channels: [slack, { ...email, state: 'refused' }] }),
      '59:00',
      { state: 'done', says: 'People were told, but not by e-mail, which refused.', since: at('40:08') },
    ],
    [
      'at its end where nobody wants it',
      records({ lead: { ...untold, silentAt: at('40:06') } }),
      '59:00',
      { state: 'done', says: 'Nobody is told of it.', since: at('40:06') },
    ],
    [
      'stuck where it was given up',
      records({ lead: { ...untold, gaveUp: { at: at('40:06'), reason: 'slack: Slack answered 404' } } }),
      '59:00',
      {
        state: 'stuck',
        says: 'Nobody could be told: slack: Slack answered 404. It is among the dead letters of the owner queue.',
        since: at('40:06'),
      },
    ],
    [
      'about to wait',
      records({ lead: { ...lead, capturedAt: at('30:02') } }),
      '31:00',
      { state: 'waits', says: 'It is kept, and about to be put into its wait.', since: at('30:02') },
    ],
    [
      'stuck before its wait',
      records({ lead: { ...lead, capturedAt: at('30:02') } }),
      '33:00',
      {
        state: 'stuck',
        says: 'It is kept, and its wait never began: the capture queue is behind, or it is among its dead letters.',
        since: at('30:02'),
      },
    ],
    [
      'about to be told',
      records({ lead: queued, channels: [] }),
      '41:00',
      { state: 'waits', says: 'It is due, and about to be told.', since: at('40:01') },
    ],
    [
      'stuck in the owner queue',
      records({ lead: queued, channels: [] }),
      '43:00',
      {
        state: 'stuck',
        says: 'It is due, and nobody has looked for its owner: the owner queue is behind, or it is among its dead letters.',
        since: at('40:01'),
      },
    ],
    [
      'waiting for a directory',
      records({ lead: { ...queued, lookups: later }, channels: [] }),
      '43:00',
      { state: 'waits', says: 'Its owner can’t be looked up: Close answered 503.', since: at('40:01') },
    ],
    [
      'waiting for a channel',
      records({ lead: untold, channels: [slack, { ...email, state: 'waiting', reason: 'SNS is down' }] }),
      '50:00',
      { state: 'waits', says: 'It waits for e-mail: SNS is down.', since: at('40:01') },
    ],
    [
      'waiting for its digest',
      records({ lead: untold, channels: [{ ...slack, state: 'digest' }] }),
      '50:00',
      { state: 'waits', says: 'It waits for Slack: a digest.', since: at('40:01') },
    ],
    [
      'stuck where no channel was tried',
      records({ lead: untold, channels: [] }),
      '50:00',
      {
        state: 'stuck',
        says: 'It is due and not told: the owner queue is behind, or it is among its dead letters.',
        since: at('40:01'),
      },
    ],
    [
      'stuck before it is one, with the reason',
      withoutLead({ ...created, outcome: 'parked', reason: 'the token is not valid', heldAt: at('30:02') }),
      '59:00',
      { state: 'stuck', says: 'It waits to be read: the token is not valid.', since: at('30:02') },
    ],
    [
      'broken',
      withoutLead({ ...created, outcome: 'broken', reason: 'there is no such lead' }),
      '59:00',
      { state: 'stuck', says: 'It can’t be understood: there is no such lead.', since: at('30:03') },
    ],
    [
      'nowhere, where it is a contact only',
      withoutLead({ ...created, outcome: 'done' }),
      '59:00',
      { state: 'done', says: 'It never came in as a new lead.', since: null },
    ],
  ])('%s', (_name, all, now, stands) => expect(traceOf(all, { ...context, now: at(now) }).standing).toEqual(stands));

  it('stuck once a channel was tried for a day', () => {
    const waiting = { lead: untold, channels: [{ ...slack, state: 'waiting' as const }] };
    expect(standing(waiting, { now: '2026-03-06T13:40:02.000Z' }).state).toBe('stuck');
    expect(standing({ lead: { ...queued, lookups: later } }, { now: '2026-03-06T13:40:02.000Z' }).state).toBe('stuck');
  });

  it('is told with its events alone where it is none yet', () => {
    const parked = {
      ...created,
      outcome: 'parked' as const,
      reason: 'the token is not valid',
      heldAt: at('30:02'),
      heldFor: 'x',
    };
    const { points } = traceOf(withoutLead(parked), context);
    expect(points.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
      'Happened at Close done',
      'Received done',
      'Verified and stored done',
      'Event lead.created waits',
    ]);
  });
});
