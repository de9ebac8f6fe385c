import { expect, it } from '@jest/globals';
import { isBulk, type CaptureMessage } from '../../lambdas/core/capture-message.ts';

const slice = { v: 1, key: 'source/crm_event_1.json', from: 0, to: 1 } as const;

it.each<[string, CaptureMessage, boolean]>([
  ['a slice of many', { ...slice, bulk: true }, true],
  ['a slice that waits alone', slice, false],
  [
    'a lead to consider anew, of which a list may bring 100,000',
    { v: 1, reconsider: { tenant: 'north', lead_id: 'lead_1' }, by: 'list' },
    true,
  ],
  [
    'a watch',
    { v: 1, watch: { source: 'meta', account: '1' }, tick: 0, until: 1, notBefore: '2026-03-05T13:30:02.000Z' },
    false,
  ],
])('%s has its lane', (_, message, isMany) => {
  expect(isBulk(message)).toBe(isMany);
});
