import { expect, it } from '@jest/globals';
import { mask, MASKED } from '../../lambdas/core/mask.ts';

it.each([
  [
    'of Close',
    { event: { id: 'ev_1', object_type: 'lead', action: 'created', date_created: '2026-03-05T13:30:00.478000' } },
  ],
  [
    'of Meta',
    {
      object: 'page',
      entry: [
        {
          id: '1001',
          time: 1772717398,
          changes: [{ field: 'leadgen', value: { leadgen_id: '9001', created_time: 1772717398 } }],
        },
      ],
    },
  ],
  [
    'of HubSpot',
    [
      {
        eventId: 100,
        portalId: 48120733,
        objectId: 90817263541,
        subscriptionType: 'contact.creation',
        occurredAt: 1772717398000,
        propertyName: 'email',
      },
    ],
  ],
])('ids, kinds and times %s are shown', (_, delivery) => expect(mask(delivery)).toEqual(delivery));

it('every other text is covered, however deep it lies, and so is a number that may be one to call', () => {
  expect(
    mask({
      data: {
        display_name: 'Zoë Müller',
        contact_ids: ['cont_1'],
        contacts: [{ name: 'Zoë', emails: ['zoe@example.org'], phone: 4_930_901_820 }],
        propertyValue: 'zoe@example.org',
        score: 12,
        is_hot: true,
        empty: '',
        nothing: null,
      },
    }),
  ).toEqual({
    data: {
      display_name: MASKED,
      contact_ids: ['cont_1'],
      contacts: [{ name: MASKED, emails: [MASKED], phone: MASKED }],
      propertyValue: MASKED,
      score: 12,
      is_hot: true,
      empty: '',
      nothing: null,
    },
  });
});

it.each([
  ['object_id', 'zoe@example.org'],
  ['field', 'Zoë Müller'],
  ['lead_id', '+49 30 901820'],
  ['platform', 'Wie heißt du?'],
])('what stands under %s and is none is covered', (name, text) =>
  expect(mask({ [name]: text })).toEqual({ [name]: MASKED }),
);

it('a text by itself is covered', () => expect(mask('Zoë Müller')).toBe(MASKED));
