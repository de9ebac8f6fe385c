import type { Channel } from '../core/channel.ts';
import { Later, Refused } from '../core/failures.ts';
import { testMessage } from '../core/test-message.ts';
import type { Actor } from './actor.ts';
import type { Tested } from './schemas/settings.ts';

export interface TryPorts {
  slack: TriedChannel;
  email: TriedChannel;
}

/** A channel as alerts take it. */
interface TriedChannel {
  channel: Channel;
  isOn: boolean;
}

/** Posts a real message to the tenant's Slack channel, and says what came of it. */
export async function trySlack(actor: Actor, isUsable: boolean, { slack }: TryPorts): Promise<Tested> {
  if (!slack.isOn) return off('Slack', 'slack');
  if (!isUsable)
    return { ok: false, says: 'No webhook URL of Slack is entered, or what is entered is none: enter it here.' };
  return send(actor, slack.channel, {
    done: 'Slack took the message: it is in the channel now.',
    refused:
      'Slack refuses the webhook URL: it was revoked, or its channel is gone or archived. Make a new one in Slack (Apps, Incoming Webhooks) and enter it here.',
    later: 'Slack does not answer just now. Try again in some minutes.',
  });
}

/** Sends a real mail to every address of the tenant that has confirmed. */
export async function tryEmail(actor: Actor, confirmed: number, { email }: TryPorts): Promise<Tested> {
  if (!email.isOn) return off('E-mail', 'email');
  if (confirmed === 0)
    return { ok: false, says: 'No address has confirmed yet: the link is in the mail that SNS sent to it.' };
  const whom =
    confirmed === 1 ? 'the one address that has confirmed' : `all ${confirmed} addresses that have confirmed`;
  return send(actor, email.channel, {
    done: `A test mail is on its way to ${whom}; SNS can't send to a single one.`,
    refused: 'SNS refuses the mail. Whoever runs Lead Relay finds why in its log.',
    later: 'SNS does not answer just now. Try again in some minutes.',
  });
}

async function send(
  { name, tenant }: Actor,
  channel: Channel,
  says: { done: string; refused: string; later: string },
): Promise<Tested> {
  const { alert, about } = testMessage(name, tenant);
  try {
    await channel.send(alert, about);
    return { ok: true, says: says.done };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, says: says.refused };
    if (error instanceof Later) return { ok: false, says: says.later };
    throw error;
  }
}

const off = (label: string, name: string): Tested => ({
  ok: false,
  says: `${label} is off in this stage, so no alert goes there: set channels.${name} to true in cdk.json and deploy.`,
});
