import type { Alert } from './alert.ts';
import type { About } from './channel.ts';
import { ascii, plain } from './plain.ts';

/** What a channel carries to show that it works, and who sent it. */
export function testMessage(sender: string, tenant: string): { alert: Alert; about: About } {
  const name = plain(sender, 80);
  const title = `Lead Relay: test message from ${name}`;
  return {
    alert: {
      title,
      lines: [[{ text: 'New leads will be told here. There is nothing to do.' }]],
      small: 'Sent from the settings of Lead Relay',
      short: title,
      subject: ascii(title).slice(0, 99),
    },
    about: { tenant, lead_id: 'test_message', source: 'test', category: 'test' },
  };
}
