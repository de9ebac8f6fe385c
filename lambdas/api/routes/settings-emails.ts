import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { addEmail, type EmailPorts, listEmails, removeEmail } from '../email-targets.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { EmailChange, EmailTarget, Tested } from '../schemas/settings.ts';
import { tryEmail, type TryPorts } from '../try-channel.ts';

const responses = answers(answerOf(z.array(EmailTarget)));

const list = createRoute({
  method: 'get',
  path: '/settings/emails',
  summary: 'The addresses that get alerts of the tenant',
  ...forRole('admin'),
  responses,
});

const add = createRoute({
  method: 'post',
  path: '/settings/emails',
  summary: 'Add an address; SNS asks it for its consent first',
  ...forRole('admin'),
  request: { body: bodyOf(EmailChange) },
  responses,
});

const remove = createRoute({
  method: 'post',
  path: '/settings/emails/remove',
  summary: 'Take an address from the tenant; posted, since an address must not stand in an address',
  ...forRole('admin'),
  request: { body: bodyOf(EmailChange) },
  responses,
});

const test = createRoute({
  method: 'post',
  path: '/settings/emails/test',
  summary: 'Send a test mail to all addresses of the tenant',
  ...forRole('admin'),
  responses: answers(answerOf(Tested)),
});

/** Where alerts of the tenant go by e-mail. */
export const emailRoutes = (ports: EmailPorts & TryPorts) =>
  routes()
    .openapi(list, async (c) => c.json({ success: true as const, data: await listEmails(c.get('actor'), ports) }, 200))
    .openapi(add, async (c) => {
      const data = await addEmail(c.get('actor'), c.req.valid('json').address, ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(remove, async (c) => {
      const data = await removeEmail(c.get('actor'), c.req.valid('json').address, ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(test, async (c) => {
      const actor = c.get('actor');
      const confirmed = (await listEmails(actor, ports)).filter(({ state }) => state === 'confirmed');
      return c.json({ success: true as const, data: await tryEmail(actor, confirmed.length, ports) }, 200);
    });
