import { type Finding, fine, unknown, wrong } from '../core/finding.ts';
import { isSlackUrl } from '../core/slack-url.ts';

export interface SlackPorts {
  isOnFor: { slack: boolean; email: boolean };
  slackUrlOf: (tenant: string) => Promise<string | undefined>;
  /** Posts an empty message to a webhook URL, which Slack shows nobody, and returns what it answers. Throws where it does not answer. */
  knockAtSlack: (url: string) => Promise<{ status: number; text: string }>;
}

/** What Slack says of an empty message where the URL is good (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const alive = ['no_text', 'invalid_payload', 'missing_text_or_fallback_or_attachments'];
const again = 'Make a new one in Slack (Apps, Incoming Webhooks) and enter it at the dashboard under Settings, Slack.';

/** Whether Slack would take a message at the tenant's webhook URL; nothing where there is none, which is another check's. */
export async function checkSlack(tenant: string, ports: SlackPorts): Promise<Finding[]> {
  const url = ports.isOnFor.slack ? await ports.slackUrlOf(tenant) : undefined;
  if (url === undefined || !isSlackUrl(url)) return [];
  const { status, text } = await ports.knockAtSlack(url);
  if (status === 400 && alive.includes(text.trim()))
    return [fine('slack-alive', { tenant }, 'Slack knows the webhook URL.')];
  if (status === 429 || status >= 500)
    return [
      unknown(
        'slack-alive',
        { tenant },
        {
          cause: `Slack answers ${status} just now.`,
          consequence: 'Alerts wait until it answers.',
          cure: 'Look at https://slack-status.com and run the doctor again.',
        },
      ),
    ];
  return [
    wrong(
      'slack-alive',
      { tenant },
      {
        cause: `Slack refuses the webhook URL (${status}): it was revoked, or its channel is gone or archived.`,
        consequence: 'Nobody is told of leads in Slack.',
        cure: again,
      },
    ),
  ];
}
