import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { type ExportPorts, makeExport, showExport } from '../make-export.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { Export, ExportRequest } from '../schemas/export.ts';

const make = createRoute({
  method: 'post',
  path: '/exports',
  summary: 'A list of leads as CSV: at once where it is short, else made in the background',
  ...forRole('manager'),
  request: { body: bodyOf(ExportRequest) },
  responses: {
    ...answers(answerOf(Export), 'Here it is'),
    202: answers(answerOf(Export), 'It is being made')[200],
  },
});

const show = createRoute({
  method: 'get',
  path: '/exports/{id}',
  summary: 'Where a list stands, with a link that is good for 15 minutes once it is there',
  ...forRole('manager'),
  request: { params: z.object({ id: z.string().regex(/^[\w-]{1,64}$/) }) },
  responses: answers(answerOf(Export)),
});

/** Lists of leads to download. */
export const exportRoutes = (ports: ExportPorts) =>
  routes()
    .openapi(make, async (c) => {
      const data = await makeExport(c.get('actor'), c.req.valid('json').filter, ports);
      return c.json({ success: true as const, data }, data.state === 'running' ? 202 : 200);
    })
    .openapi(show, async (c) => {
      const data = await showExport(c.get('actor'), c.req.valid('param').id, ports);
      return c.json({ success: true as const, data }, 200);
    });
