import { expect, it } from '@jest/globals';
import { testMessage } from '../../lambdas/core/test-message.ts';

it('a test message says from whom it is, on one line and for e-mail in ASCII', () => {
  const { alert, about } = testMessage('Zoë\nMüller', 'north');
  expect(alert).toMatchObject({
    title: 'Lead Relay: test message from Zoë Müller',
    subject: 'Lead Relay: test message from Zoe Muller',
  });
  expect(about).toEqual({ tenant: 'north', lead_id: 'test_message', source: 'test', category: 'test' });
});
