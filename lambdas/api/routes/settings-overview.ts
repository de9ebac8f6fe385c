import { createRoute } from '@hono/zod-openapi';
import { overviewOf, type OverviewPorts } from '../overview.ts';
import { answers, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { Overview } from '../schemas/settings.ts';

const overview = createRoute({
  method: 'get',
  path: '/settings',
  summary: 'What is set up and what is not',
  ...forRole('manager'),
  responses: answers(answerOf(Overview)),
});

/** The checklist of a tenant, with the addresses that are entered at vendors. */
export const overviewRoutes = (ports: OverviewPorts) =>
  routes().openapi(overview, async (c) =>
    c.json({ success: true as const, data: await overviewOf(c.get('actor'), ports) }, 200),
  );
