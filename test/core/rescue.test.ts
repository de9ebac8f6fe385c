import { describe, expect, it } from '@jest/globals';
import { lossOf } from '../../lambdas/core/rescue.ts';

const now = Date.parse('2026-03-05T14:00:00.000Z');
const minutes = (count: number) => new Date(now - count * 60_000).toISOString();
const lost = 20 * 60_000;
const queued = { receivedAt: minutes(60), capturedAt: minutes(60), queuedAt: minutes(60), dueAt: minutes(50) };
const unqueued = { receivedAt: minutes(60), capturedAt: minutes(60), dueAt: minutes(50) };
const given = (at: string) => ({ at, reason: 'waited 24 hours' });

describe('a lead is lost', () => {
  it.each([
    ['where nothing has come of it since it was due', queued, 'not_told'],
    ['where that is as long ago as all its tries take', { ...queued, dueAt: minutes(20) }, 'not_told'],
    [
      'where it was looked up and then nothing',
      { ...queued, lookedUpAt: minutes(30), enrichedAt: minutes(30) },
      'not_told',
    ],
    ['where its last wait is long over', { ...queued, waitingUntil: minutes(21) }, 'not_told'],
    [
      'where it was started again, and got lost again',
      { ...queued, rescues: [{ at: minutes(25), what: 'not_told' as const }] },
      'not_told',
    ],
    [
      'where it was given up, sent back, and waited again',
      { ...queued, gaveUp: given(minutes(45)), waitingUntil: minutes(30) },
      'not_told',
    ],
    ['where it never began to wait', unqueued, 'not_queued'],
    ['where it never began to wait, though it is not due yet', { ...unqueued, dueAt: minutes(-5) }, 'not_queued'],
  ])('%s', (_, lead, loss) => {
    expect(lossOf(lead, now, lost)).toBe(loss);
  });
});

describe('a lead is not lost', () => {
  it.each([
    ['that was told', { ...queued, toldAt: minutes(45) }],
    ['that nobody wants to be told of', { ...queued, silentAt: minutes(45) }],
    ['that may still be tried', { ...queued, dueAt: minutes(19) }],
    ['that was looked up a moment ago', { ...queued, lookedUpAt: minutes(1) }],
    ['that waits for a channel', { ...queued, waitingUntil: minutes(-10) }],
    ['whose wait ended a moment ago', { ...queued, waitingUntil: minutes(2) }],
    ['that was given up and waits for a person', { ...queued, waitingUntil: minutes(50), gaveUp: given(minutes(45)) }],
    ['that was started again a moment ago', { ...queued, rescues: [{ at: minutes(1), what: 'not_told' as const }] }],
    ['that was captured a moment ago', { ...unqueued, capturedAt: minutes(2) }],
    ['that was queued late and is due', { ...queued, queuedAt: minutes(5) }],
  ])('%s', (_, lead) => {
    expect(lossOf(lead, now, lost)).toBeUndefined();
  });
});
