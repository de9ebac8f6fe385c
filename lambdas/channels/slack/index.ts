import { IncomingWebhook, IncomingWebhookHTTPError } from '@slack/webhook';
import type { Channel } from '../../core/channel.ts';
import { Later, Refused } from '../../core/failures.ts';
import { retryAfterIn } from '../../core/retry-after.ts';
import { message } from './message.ts';

export interface SlackPorts {
  /** The tenant's webhook URL; read anew from the secret store where `anew`. `undefined` where it is missing or not Slack's. */
  urlOf: (tenant: string, anew: boolean) => Promise<string | undefined>;
  /** Must end by itself, cap what it reads and follow no redirect. */
  fetch: typeof fetch;
}

/** A Slack incoming webhook: success is nothing but the body `ok`, and every 4xx but 429 is for good (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
export const slack = (ports: SlackPorts): Channel => ({
  id: 'slack',
  async send(alert, lead) {
    const url = await ports.urlOf(lead.tenant, false);
    try {
      return await post(url, message(alert, lead.lead_id), ports);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // The URL may have been replaced since it was read.
      const fresh = await ports.urlOf(lead.tenant, true);
      if (fresh === url) throw error;
      return post(fresh, message(alert, lead.lead_id), ports);
    }
  },
});

async function post(url: string | undefined, body: ReturnType<typeof message>, ports: SlackPorts): Promise<string> {
  if (url === undefined) throw new Refused('the webhook URL is missing or not one of Slack');
  let retryAfter: number | undefined;
  const webhook = new IncomingWebhook(url, {
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const response = await ports.fetch(input, init);
      retryAfter = retryAfterIn(response.headers);
      return response;
    },
  });
  const { text } = await webhook.send(body).catch((error: unknown) => {
    throw failureOf(error, retryAfter);
  });
  if (text !== 'ok') throw new Later('Slack answered without ok', retryAfter);
  return text;
}

/** Never with the library's own message, which may hold the URL. */
function failureOf(error: unknown, retryAfter: number | undefined): Error {
  if (!(error instanceof IncomingWebhookHTTPError)) return new Later('Slack did not answer');
  const { statusCode } = error;
  return statusCode >= 400 && statusCode < 500 && statusCode !== 429
    ? new Refused(`Slack answered ${statusCode}`)
    : new Later(`Slack answered ${statusCode}`, retryAfter);
}
