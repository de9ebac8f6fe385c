import { describe, expect, it } from '@jest/globals';
import { latestTable, leadLines, repeatsTable, timelineTable } from '../../../bin/events/show.ts';
import type { StoredEvent } from '../../../bin/events/stored-event.ts';
import type { Timeline } from '../../../bin/events/timeline.ts';

const created: StoredEvent = {
  source: 'close',
  event: 'lead.created',
  event_type: 'created',
  event_id: 'ev_1',
  lead_id: 'lead_1',
  occurred_at: '2026-03-05T13:29:58.123Z',
  raw_key: 'source/crm_event_lead_1.json',
  outcome: 'done',
  at: '2026-03-05T13:30:00.000Z',
  received: new Set(['a', 'b', 'c']),
  GSI3SK: '2026-03-05T14:00:00.000Z#ev_1',
};
const other: StoredEvent = {
  source: 'close',
  event: 'task.\u001b[2Jcreated',
  event_id: 'ev_2',
  raw_key: 'source/other.json',
  outcome: 'not_for_us',
  reason: 'no lead\nis meant',
  at: '2026-03-05T13:31:00.000Z',
};

describe('events', () => {
  it('of a lead are shown with what became of them and how often they came', () => {
    expect(timelineTable([created, other])).toBe(
      [
        'TIME (UTC)           EVENT            TYPE     OUTCOME     REASON            RECEIVED',
        '2026-03-05 13:29:58  lead.created     created  done        -                 received 3 times',
        '2026-03-05 13:31:00  task. [2Jcreated  -        not_for_us  no lead is meant  -',
      ]
        .join('\n')
        .replace('EVENT            ', 'EVENT             ')
        .replace('lead.created     ', 'lead.created      '),
    );
  });

  it('of a tenant are shown with their lead', () => {
    expect(latestTable([created])).toBe(
      [
        'NOTED (UTC)          EVENT         TYPE     LEAD    OUTCOME  REASON  RECEIVED',
        '2026-03-05 13:30:00  lead.created  created  lead_1  done     -       received 3 times',
      ].join('\n'),
    );
  });

  it('that were repeated are shown with when that was', () => {
    expect(repeatsTable([created])).toBe(
      [
        'REPEATED (UTC)       EVENT         LEAD    RECEIVED',
        '2026-03-05 14:00:00  lead.created  lead_1  received 3 times',
      ].join('\n'),
    );
  });
});

describe('the times of a lead', () => {
  it('are shown one below the other', () => {
    const lead = {
      lead_id: 'lead_1',
      source: 'close',
      receivedAt: '2026-03-05T13:30:00.000Z',
      capturedAt: '2026-03-05T13:30:00.250Z',
      lookedUpAt: '2026-03-05T13:40:01.000Z',
      enrichedAt: '2026-03-05T13:40:01.500Z',
      toldAt: '2026-03-05T13:40:03.000Z',
    } as Timeline['lead'];
    const channels: Timeline['channels'] = [
      { channel: 'slack', state: 'told', attempts: 1, settledAt: '2026-03-05T13:40:02.000Z' },
    ];
    expect(leadLines({ lead, channels, events: [] })).toBe(
      [
        'received    2026-03-05 13:30:00 UTC, from close',
        'captured    after 0.25 s',
        'looked up   after 601.00 s',
        'enriched    after 601.50 s',
        'told Slack  after 602.00 s',
        'told        after 603.00 s',
      ].join('\n'),
    );
  });

  it('are none of what never was a lead', () => {
    expect(leadLines({ lead: undefined, channels: [], events: [] })).toBe('It never came in as a lead.');
  });
});
