import { expect, it } from '@jest/globals';
import { email } from '../../../lambdas/channels/email/index.ts';
import { message } from '../../../lambdas/channels/email/message.ts';
import { Later } from '../../../lambdas/core/failures.ts';
import { alert } from '../../fixtures/alert.ts';
import { enrichedLead } from '../../fixtures/lead.ts';

it('publishes the message with what subscriptions choose by, and returns the receipt', async () => {
  const published: unknown[] = [];
  const channel = email({
    publish: async (...sent) => {
      published.push(sent);
      return 'message-1';
    },
  });
  expect(await channel.send(alert, enrichedLead)).toBe('message-1');
  expect(published).toEqual([
    [message(alert), { tenant: 'north', source: 'close', category: 'pending', lead_id: 'lead_Zq3' }],
  ]);
});

it('waits where the topic can’t take it now', async () => {
  const channel = email({ publish: () => Promise.reject(new Later('SNS: Throttling')) });
  await expect(channel.send(alert, enrichedLead)).rejects.toBeInstanceOf(Later);
});
