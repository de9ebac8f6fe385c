import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { answers, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { LeadId } from '../schemas/lead.ts';
import { Trace } from '../schemas/trace.ts';
import { showTrace, type TracePorts } from '../show-trace.ts';

const trace = createRoute({
  method: 'get',
  path: '/leads/{id}/trace',
  summary: 'What happened to a lead: each point on its way with the time between, and where it stands',
  ...forRole('rep'),
  request: { params: z.object({ id: LeadId }) },
  responses: answers(answerOf(Trace)),
});

/** What happened to a lead. */
export const traceRoutes = (ports: TracePorts) =>
  routes().openapi(trace, async (c) => {
    const data = await showTrace(c.get('actor'), c.req.valid('param').id, ports);
    return c.json({ success: true as const, data }, 200);
  });
