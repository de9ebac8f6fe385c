import { expect, it } from '@jest/globals';
import { message } from '../../../lambdas/channels/email/message.ts';
import { alert } from '../../fixtures/alert.ts';

it('is an alert in plain text', () => {
  const { subject, body } = message(alert);
  expect(subject).toBe('New lead: Zoe Muller (Potential) for Grace Hopper');
  expect(body).toMatchInlineSnapshot(`
   "New Lead Alert: Zoë Müller

   Owner: @Grace (Grace Hopper)
   Phone: +1 415 555 0100 · WhatsApp (https://wa.me/14155550100)
   Created: today 14:30 (12 min ago)
   Open in Close (https://app.close.com/lead/lead_Zq3/)

   Not given: email · Lead ID lead_Zq3"
  `);
});
