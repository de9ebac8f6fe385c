import { createRoute } from '@hono/zod-openapi';
import { isSlackUrl, SLACK_URL_FORM } from '../../core/slack-url.ts';
import type { Actor } from '../actor.ts';
import { Failed } from '../failed.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { SlackChange, SlackTarget, Tested } from '../schemas/settings.ts';
import { type TryPorts, trySlack } from '../try-channel.ts';

export interface SlackPorts extends TryPorts {
  hasSlackUrl: (tenant: string) => Promise<boolean>;
  /** Whether what is set can be an address of Slack. */
  isSlackUrlUsable: (tenant: string) => Promise<boolean>;
  saveSlackUrl: (url: string, by: Actor) => Promise<void>;
}

const target = createRoute({
  method: 'get',
  path: '/settings/slack',
  summary: 'Whether a Slack webhook URL is set; it is never read back',
  ...forRole('admin'),
  responses: answers(answerOf(SlackTarget)),
});

const change = createRoute({
  method: 'put',
  path: '/settings/slack',
  summary: 'Replace the Slack webhook URL of the tenant',
  ...forRole('admin'),
  request: { body: bodyOf(SlackChange) },
  responses: answers(answerOf(SlackTarget)),
});

const test = createRoute({
  method: 'post',
  path: '/settings/slack/test',
  summary: 'Post a test message to Slack',
  ...forRole('admin'),
  responses: answers(answerOf(Tested)),
});

/** Where alerts of the tenant go in Slack. */
export const slackRoutes = (ports: SlackPorts) =>
  routes()
    .openapi(target, async (c) => {
      const data = { is_set: await ports.hasSlackUrl(c.get('actor').tenant), is_on: ports.slack.isOn };
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(change, async (c) => {
      const url = c.req.valid('json').url.trim();
      if (!isSlackUrl(url)) throw new Failed('bad_request', `url: must look like ${SLACK_URL_FORM}`);
      await ports.saveSlackUrl(url, c.get('actor'));
      return c.json({ success: true as const, data: { is_set: true, is_on: ports.slack.isOn } }, 200);
    })
    .openapi(test, async (c) => {
      const actor = c.get('actor');
      const data = await trySlack(actor, await ports.isSlackUrlUsable(actor.tenant), ports);
      return c.json({ success: true as const, data }, 200);
    });
