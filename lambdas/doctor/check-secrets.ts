import type { Account } from '../core/account.ts';
import { type Finding, fine, unknown, wrong } from '../core/finding.ts';
import { isSlackUrl, SLACK_URL_FORM } from '../core/slack-url.ts';
import type { Source } from '../core/source.ts';

export interface SecretPorts {
  /** The sources that are on. */
  sources: Source[];
  /** Values as of now; `undefined` where nobody filled it in. */
  signingKeyOf: (tenant: string, source: string) => Promise<string | undefined>;
  verifyTokenOf: (tenant: string, source: string) => Promise<string | undefined>;
  /** The pages or portals of a tenant. */
  accountsOf: (tenant: string, source: string) => Promise<Account[]>;
  closeApiKeyOf: (tenant: string) => Promise<string | undefined>;
  slackUrlOf: (tenant: string) => Promise<string | undefined>;
  isOnFor: { slack: boolean; email: boolean };
  /** `--stage prod --tenant north`. */
  flagsOf: (tenant: string) => string;
}

/** Whether the secrets of a tenant that people fill are filled, and look as they must. */
export async function checkSecrets(tenant: string, ports: SecretPorts): Promise<Finding[]> {
  const found = await Promise.all(ports.sources.map((source) => ofSource(tenant, source, ports)));
  return [...found.flat(), ...(ports.isOnFor.slack ? [await ofSlack(tenant, ports)] : [])];
}

async function ofSource(tenant: string, source: Source, ports: SecretPorts): Promise<Finding[]> {
  const of = { tenant, source: source.id };
  const key = await ports.signingKeyOf(tenant, source.id);
  // Who has neither a key nor a page is not connected, which is another check's to say.
  if (key === undefined && source.account && (await ports.accountsOf(tenant, source.id)).length === 0) return [];
  const connect = `npm run connect -- ${source.id} ${ports.flagsOf(tenant)}`;
  const what = key === undefined ? 'is not filled in' : 'does not look like one';
  const found = source.keyForm.test(key ?? '')
    ? fine('signing-key', of, `The signing key of ${source.label} is filled in.`)
    : wrong('signing-key', of, {
        cause: `The signing key of ${source.label} ${what}.`,
        consequence: `What ${source.label} sends is answered with 503 and not taken.`,
        cure: source.id === 'meta' ? `${connect} --app-secret-stdin` : connect,
      });
  return [
    found,
    ...(source.handshake ? [await ofHandshake(tenant, source, ports)] : []),
    ...(source.id === 'close' ? [await ofCloseApi(tenant, ports)] : []),
  ];
}

async function ofHandshake(tenant: string, { id, label }: Source, ports: SecretPorts): Promise<Finding> {
  const of = { tenant, source: id };
  const token = await ports.verifyTokenOf(tenant, id);
  if (token !== undefined) return fine('verify-token', of, `The verify token of ${label} is filled in.`);
  return wrong('verify-token', of, {
    cause: `The verify token of ${label} is not filled in.`,
    consequence: `${label} can not be told our address: its test of it is refused.`,
    cure: `npm run connect -- ${id} ${ports.flagsOf(tenant)}`,
  });
}

/** It is optional, but without it nobody can look at Close. */
async function ofCloseApi(tenant: string, ports: SecretPorts): Promise<Finding> {
  const of = { tenant, source: 'close' };
  if ((await ports.closeApiKeyOf(tenant)) !== undefined)
    return fine('close-api-key', of, 'An API key of Close is kept.');
  return unknown('close-api-key', of, {
    cause: 'No API key of Close is kept; it is optional.',
    consequence: 'Whether Close posts to us can not be looked at, and leads that Close did not post are not found.',
    cure: `npm run connect -- close ${ports.flagsOf(tenant)} --api-key-stdin`,
  });
}

async function ofSlack(tenant: string, ports: SecretPorts): Promise<Finding> {
  const url = await ports.slackUrlOf(tenant);
  if (url !== undefined && isSlackUrl(url))
    return fine('slack-url', { tenant }, 'The webhook URL of Slack is filled in.');
  return wrong(
    'slack-url',
    { tenant },
    {
      cause:
        url === undefined
          ? 'The webhook URL of Slack is not filled in.'
          : 'The webhook URL of Slack does not look like one.',
      consequence: 'Nobody is told of leads in Slack.',
      cure: `Enter the webhook URL (${SLACK_URL_FORM}) at the dashboard under Settings, Slack.`,
    },
  );
}
