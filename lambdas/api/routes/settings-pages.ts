import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { testPage } from '../check-token.ts';
import { changePage, listPages, ownPage, type PagePorts, removePage } from '../pages.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { ChangedPage, Page, PageChange, PageId, Tested } from '../schemas/settings.ts';

const params = z.object({ id: PageId });

const list = createRoute({
  method: 'get',
  path: '/settings/pages',
  summary: 'The Meta pages of the tenant; their tokens are never read back',
  ...forRole('manager'),
  responses: answers(answerOf(z.array(Page))),
});

const change = createRoute({
  method: 'put',
  path: '/settings/pages/{id}',
  summary: 'Give a page to the tenant, change it, or replace its token; leads that waited for that go on',
  ...forRole('manager'),
  request: { params, body: bodyOf(PageChange) },
  responses: answers(answerOf(ChangedPage)),
});

const remove = createRoute({
  method: 'delete',
  path: '/settings/pages/{id}',
  summary: 'Take a page and its token from the tenant',
  ...forRole('manager'),
  request: { params },
  responses: answers(answerOf(z.object({ removed: z.literal(true) }))),
});

const test = createRoute({
  method: 'post',
  path: '/settings/pages/{id}/test',
  summary: 'Ask Meta whether the leads of a page can come in',
  ...forRole('manager'),
  request: { params },
  responses: answers(answerOf(Tested)),
});

/** Meta pages of the tenant. */
export const pageRoutes = (ports: PagePorts) =>
  routes()
    .openapi(list, async (c) => c.json({ success: true as const, data: await listPages(c.get('actor'), ports) }, 200))
    .openapi(change, async (c) => {
      const data = await changePage(c.get('actor'), c.req.valid('param').id, c.req.valid('json'), ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(remove, async (c) => {
      await removePage(c.get('actor'), c.req.valid('param').id, ports);
      return c.json({ success: true as const, data: { removed: true as const } }, 200);
    })
    .openapi(test, async (c) => {
      const page = await ownPage(c.get('actor'), c.req.valid('param').id, ports);
      return c.json({ success: true as const, data: await testPage(page, ports) }, 200);
    });
