import { expect, it } from '@jest/globals';
import { groupsJson, groupsText } from '../../../bin/redrive/show.ts';
import { groupsOf } from '../../../lambdas/core/dead-letter.ts';

const sentAt = '2026-03-05T13:40:01.000Z';
const letter = (id: string, body: object) => ({
  id,
  queue: 'owner',
  cause: 'slack: 503',
  sentAt,
  body: JSON.stringify(body),
});
const groups = groupsOf([
  ...['a', 'b', 'c', 'd', 'e'].map((id) =>
    letter(id, { v: 1, tenant: 'north', lead_id: `lead_${id}`, notBefore: sentAt }),
  ),
  letter('f', { name: 'Zoë Müller' }),
]);

it('messages are shown by their cause, the first of them by name', () => {
  const text = groupsText(groups);
  expect(text).toContain('owner: 6, the oldest of 2026-03-05T13:40:01 UTC. slack: 503');
  expect(text).toContain('  a        lead_a');
  expect(text).toContain('  and 1 more');
});

it('nothing of what is in a message is shown but what it is about', () => {
  const [group] = groupsJson(groups);
  expect(group).toMatchObject({ queue: 'owner', cause: 'slack: 503', count: 6 });
  expect(group?.messages[0]).toEqual({ id: 'a', sent_at: sentAt, tenant: 'north', lead_id: 'lead_a', keys: [] });
  expect(JSON.stringify(group) + groupsText(groups)).not.toContain('Zoë');
});
