const form = /^https:\/\/hooks\.slack(?:-gov)?\.com\/services\/[\w/-]+$/;

/** What a webhook URL of Slack looks like, for people. */
export const SLACK_URL_FORM = 'https://hooks.slack.com/services/T…/B…/…';

export const isSlackUrl = (text: string): boolean => form.test(text);

/** Where to post for a webhook URL: its path at the address that the stage says, which is Slack’s own everywhere but on one machine. `undefined` where it is none of Slack’s. */
export const slackAddress = (url: string, base: string): string | undefined =>
  isSlackUrl(url) ? base + new URL(url).pathname : undefined;
