import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { listOwners, type OwnerPorts } from '../list-owners.ts';
import { answers, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { List, Owner } from '../schemas/lead.ts';

export interface ListsPorts extends OwnerPorts {
  listsOf: (tenant: string) => Promise<z.infer<typeof List>[]>;
}

const lists = createRoute({
  method: 'get',
  path: '/lists',
  summary: 'The lists of the tenant',
  ...forRole('rep'),
  responses: answers(answerOf(z.array(List))),
});

const owners = createRoute({
  method: 'get',
  path: '/owners',
  summary: 'Who may own leads',
  ...forRole('rep'),
  responses: answers(answerOf(z.array(Owner))),
});

/** What leads are sorted by. */
export const listsRoutes = (ports: ListsPorts) =>
  routes()
    .openapi(lists, async (c) =>
      c.json({ success: true as const, data: await ports.listsOf(c.get('actor').tenant) }, 200),
    )
    .openapi(owners, async (c) =>
      c.json({ success: true as const, data: await listOwners(c.get('actor'), ports) }, 200),
    );
