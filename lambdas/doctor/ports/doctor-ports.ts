import { accountsOf } from '../../aws/account-table.ts';
import { reportOf, saveReport } from '../../aws/doctor-table.ts';
import { emailsOf } from '../../aws/email-table.ts';
import { leadsBefore } from '../../aws/lead-list.ts';
import { leadNow } from '../../aws/lead-table.ts';
import { send, waitingIn } from '../../aws/queue.ts';
import { secretName } from '../../aws/secrets.ts';
import { subscriptionsTo } from '../../aws/subscriptions.ts';
import { valueNow } from '../../aws/tenant-secrets.ts';
import type { Checkup } from '../../core/checkup.ts';
import { slackAddress } from '../../core/slack-url.ts';
import { checkups } from '../../sources/checkups.ts';
import { sourceOf } from '../../sources/registry.ts';
import { vendorFetch } from '../../vendor-fetch.ts';
import type { DoctorEnv } from '../env.ts';
import type { ExaminePorts } from '../examine.ts';

/** Milliseconds that a vendor, Slack or our own webhook may take to answer. */
const DEADLINE = 8000;
/** How many leads are looked at for when each source brought its last one. */
const MOST_ARRIVALS = 100;

/** Everything that the doctor looks at, reached with the rights of whoever runs it: the function, or an operator. */
export function doctorPorts(env: DoctorEnv): ExaminePorts {
  const { TABLE_NAME } = env;
  const reach = vendorFetch(DEADLINE);
  const baseUrls: Record<string, string> = { close: env.CLOSE_API_URL, meta: env.GRAPH_URL, hubspot: env.HUBSPOT_URL };
  const signingKeyOf = (tenant: string, source: string) => valueOf(env.SIGNATURE_SECRET_NAME, { tenant, source });
  const webhookUrl = (source: string) => `${env.PUBLIC_URL}/webhooks/${source}`;
  const flags = `--stage ${env.STAGE}`;
  const flagsOf = (tenant: string) => `${flags} --tenant ${tenant}`;
  return {
    tenants: env.TENANTS,
    sources: env.SOURCES.flatMap((id) => sourceOf(id) ?? []),
    graphVersion: env.GRAPH_VERSION,
    isOnFor: { slack: env.USE_SLACK, email: env.USE_EMAIL },
    flags,
    flagsOf,
    now: Date.now,
    random: () => Math.floor(Math.random() * 10_000_000),
    signingKeyOf,
    verifyTokenOf: (tenant, source) => valueOf(env.VERIFY_TOKEN_SECRET_NAME, { tenant, source }),
    closeApiKeyOf: (tenant) => valueOf(env.CLOSE_API_SECRET_NAME, { tenant }),
    slackUrlOf: (tenant) => valueOf(env.SLACK_SECRET_NAME, { tenant }),
    accountsOf: (tenant, source) => accountsOf(TABLE_NAME, { tenant, source }),
    tokenOf: ({ tenant, source, id }) => valueOf(env.ACCOUNT_TOKEN_SECRET_NAME, { tenant, source, account: id }),
    lookAt: async (source, { tenant, account }, token) =>
      checkupOf(source).look({
        fetch: reach,
        baseUrl: baseUrls[source] ?? '',
        token,
        appSecret: sourceOf(source)?.account?.provesApp ? await signingKeyOf(tenant, source) : undefined,
        account,
        url: webhookUrl(source),
        now: Date.now(),
        developerKey:
          source === 'hubspot' ? await valueOf(env.DEVELOPER_KEY_SECRET_NAME, { tenant, source }) : undefined,
        flags: flagsOf(tenant),
      }),
    knockAtSlack: async (url) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await reach(slackAddress(url, env.SLACK_URL) ?? url, { method: 'POST', headers, body: '{}' });
      return { status: answer.status, text: await answer.text() };
    },
    fixedEmailsOf: (tenant) => env.EMAIL_SUBSCRIBERS[tenant] ?? [],
    emailsOf: (tenant) => emailsOf(TABLE_NAME, tenant),
    subscriptionsTo: (rows) =>
      subscriptionsTo(env.SNS_TOPIC_ARN, Object.fromEntries(rows.map(({ address, arn }) => [address, arn]))),
    alarmSubscriptions: () => subscriptionsTo(env.ALARM_TOPIC_ARN, {}),
    deadLetters: Object.entries(env.DEAD_LETTERS).map(([name, url]) => ({ name, url })),
    countOf: waitingIn,
    arrivalsBefore: async (tenant, until) => {
      const { leads, isEnd } = await leadsBefore(TABLE_NAME, tenant, { until }, MOST_ARRIVALS);
      return { leads: leads.filter(({ isTest }) => !isTest), isEnd };
    },
    checkupOf,
    webhookUrl,
    post: async (url, body, headers) => {
      try {
        return (await reach(url, { method: 'POST', body: new Uint8Array(body), headers })).status;
      } catch {
        return 0;
      }
    },
    leadNow: (lead) => leadNow(TABLE_NAME, lead),
    erase: (message) => send(env.ERASE_QUEUE_URL, message, Date.now()),
    reportOf: (tenant) => reportOf(TABLE_NAME, tenant),
    saveReport: (tenant, report) => saveReport(TABLE_NAME, tenant, report),
  };
}

const valueOf = (pattern: string, names: Record<string, string>) => valueNow(secretName(pattern, names));

function checkupOf(source: string): Checkup {
  const found = Object.entries<Checkup>(checkups).find(([id]) => id === source);
  if (!found) throw new Error(`this release can not examine ${source}`);
  return found[1];
}
