import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { type CompletenessPorts, completenessOf } from '../completeness.ts';
import { answers, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { Completeness, SyncJob } from '../schemas/sync.ts';
import { showSync, startSync, type SyncPorts as StartPorts } from '../sync.ts';

export type SyncPorts = StartPorts & CompletenessPorts;

const started = {
  ...answers(answerOf(SyncJob)),
  202: answers(answerOf(SyncJob), 'It was begun; ask after it by its id')[200],
};

const start = createRoute({
  method: 'post',
  path: '/sync',
  summary: 'Compares all accounts of the tenant with their vendors, and fetches what is missing',
  ...forRole('rep'),
  responses: started,
});

const startLeads = createRoute({ ...start, path: '/leads/sync', summary: 'The same as POST /sync' });

const show = createRoute({
  method: 'get',
  path: '/sync/{id}',
  summary: 'Where a comparison stands',
  ...forRole('rep'),
  request: { params: z.object({ id: z.uuid() }) },
  responses: answers(answerOf(SyncJob)),
});

const completeness = createRoute({
  method: 'get',
  path: '/completeness',
  summary: 'Per source and account: counted here, counted by the vendor, until when, and what was done',
  ...forRole('rep'),
  responses: answers(answerOf(z.array(Completeness))),
});

/** What vendors have, and we have not. */
export const syncRoutes = (ports: SyncPorts) =>
  routes()
    .openapi(start, async (c) => c.json({ success: true as const, data: await startSync(c.get('actor'), ports) }, 202))
    .openapi(startLeads, async (c) =>
      c.json({ success: true as const, data: await startSync(c.get('actor'), ports) }, 202),
    )
    .openapi(show, async (c) => {
      const data = await showSync(c.get('actor'), c.req.valid('param').id, ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(completeness, async (c) =>
      c.json({ success: true as const, data: await completenessOf(c.get('actor').tenant, ports) }, 200),
    );
