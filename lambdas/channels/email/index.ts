import type { Channel } from '../../core/channel.ts';
import { message } from './message.ts';

export interface EmailPorts {
  /** Publishes to the topic that the e-mail addresses subscribe to, and returns the message's id. Throws `Later` where it can't now. */
  publish: (email: { subject: string; body: string }, attributes: Record<string, string>) => Promise<string>;
}

/** E-mail through an SNS topic, whose subscriptions choose by tenant. */
export const email = ({ publish }: EmailPorts): Channel => ({
  id: 'email',
  send: (alert, { tenant, source, category, lead_id }) =>
    publish(message(alert), { tenant, source, category, lead_id }),
});
