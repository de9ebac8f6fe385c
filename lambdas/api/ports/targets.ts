import { randomBytes } from 'node:crypto';
import { noteChange } from '../../aws/change-table.ts';
import { deleteEmail, emailsOf, saveEmail } from '../../aws/email-table.ts';
import { secretName } from '../../aws/secrets.ts';
import { setPolicy, subscribe, subscriptionsTo, unsubscribe } from '../../aws/subscriptions.ts';
import { fill, isFilled, valueNow } from '../../aws/tenant-secrets.ts';
import { publish } from '../../aws/topic.ts';
import { email } from '../../channels/email/index.ts';
import { slack } from '../../channels/slack/index.ts';
import { slackAddress } from '../../core/slack-url.ts';
import { vendorFetch } from '../../vendor-fetch.ts';
import type { Actor } from '../actor.ts';
import type { EmailPorts } from '../email-targets.ts';
import type { ApiEnv } from '../env.ts';
import { Failed } from '../failed.ts';
import type { SlackPorts } from '../routes/settings-slack.ts';
import type { VerifyTokenPorts } from '../routes/settings-verify-token.ts';

/** How long Slack may take: milliseconds. */
const DEADLINE = 5000;

const changer = ({ id, name }: Actor) => ({ id, name });

/** Where alerts go, and the secrets of the tenant that people fill. */
export const targetPorts = (env: ApiEnv) => {
  const { TABLE_NAME, SNS_TOPIC_ARN } = env;
  const slackName = (tenant: string) => secretName(env.SLACK_SECRET_NAME, { tenant });
  const keep = async (what: string, name: string, value: string, by: Actor) => {
    if (!(await fill(name, value)))
      throw new Failed('unavailable', 'there is no place for it yet: the stage must be deployed first');
    await noteChange(TABLE_NAME, by.tenant, what, { by: changer(by), at: new Date().toISOString() });
  };
  const urlOf = async (tenant: string) => slackAddress((await valueNow(slackName(tenant))) ?? '', env.SLACK_URL);
  const slackChannel = slack({ fetch: vendorFetch(DEADLINE), urlOf });
  const emailChannel = email({ publish: (message, attributes) => publish(SNS_TOPIC_ARN, message, attributes) });
  return {
    newVerifyToken: () => randomBytes(16).toString('hex'),
    saveVerifyToken: (source, value, by) =>
      keep('verify-token', secretName(env.VERIFY_TOKEN_SECRET_NAME, { tenant: by.tenant, source }), value, by),
    hasSlackUrl: (tenant) => isFilled(slackName(tenant)),
    isSlackUrlUsable: async (tenant) => (await urlOf(tenant)) !== undefined,
    saveSlackUrl: (url, by) => keep('slack', slackName(by.tenant), url, by),
    slack: { channel: slackChannel, isOn: env.USE_SLACK },
    email: { channel: emailChannel, isOn: env.USE_EMAIL },
    fixedEmailsOf: (tenant) => env.EMAIL_SUBSCRIBERS[tenant] ?? [],
    emailRowsOf: (tenant) => emailsOf(TABLE_NAME, tenant),
    saveEmail: (tenant, row, by) => saveEmail(TABLE_NAME, tenant, row, { by: changer(by) }),
    deleteEmail: (tenant, address) => deleteEmail(TABLE_NAME, tenant, address),
    subscriptions: (keptArns) => subscriptionsTo(SNS_TOPIC_ARN, keptArns),
    subscribe: (address, policy) => subscribe(SNS_TOPIC_ARN, address, policy),
    setPolicy,
    unsubscribe,
  } satisfies Omit<EmailPorts, 'now'> & SlackPorts & Pick<VerifyTokenPorts, 'newVerifyToken' | 'saveVerifyToken'>;
};
