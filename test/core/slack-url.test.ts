import { expect, it } from '@jest/globals';
import { isSlackUrl, slackAddress } from '../../lambdas/core/slack-url.ts';

const path = '/services/T0/B0/secret-part';

it.each([`https://hooks.slack.com${path}`, `https://hooks.slack-gov.com${path}`])('%s is one of Slack', (url) => {
  expect(isSlackUrl(url)).toBe(true);
  expect(slackAddress(url, 'http://127.0.0.1:3000/slack')).toBe(`http://127.0.0.1:3000/slack${path}`);
});

it.each([
  '',
  'https://hooks.slack.com/',
  `http://hooks.slack.com${path}`,
  `https://x@hooks.slack.com${path}`,
  `https://hooks.slack.com${path}\n`,
])('%p is none', (url) => expect(slackAddress(url, 'https://hooks.slack.com')).toBeUndefined());
