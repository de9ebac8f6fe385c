import { expect, it } from '@jest/globals';
import { isRawKey, rawPrefixOf } from '../../lambdas/core/raw-key.ts';

it.each(['source/crm_event_lead_1.json', 'source/crm_event_lead_1_ev_2.json', 'source/hubspot_event_0f3a.json'])(
  '%s is a delivery',
  (key) => expect(isRawKey(key)).toBe(true),
);

it.each([
  'crm_event_lead_1.json',
  'source/crm_event_.json',
  'source/../x_event_1.json',
  'source/crm_event_1.json\n',
  'target/crm_event_1.json',
  'source/crm_event_a b.json',
])('%j is none', (key) => expect(isRawKey(key)).toBe(false));

it('the deliveries of a source begin alike', () => {
  expect(['close', 'meta', undefined].map(rawPrefixOf)).toEqual(['source/crm_event_', 'source/meta_event_', 'source/']);
});
