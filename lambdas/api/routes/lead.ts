import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { changeLead, type EditPorts, touchLead } from '../edit-lead.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { LeadChange, LeadDetail, LeadId, Touch } from '../schemas/lead.ts';
import { showLead } from '../show-lead.ts';

const params = z.object({ id: LeadId });
const responses = answers(answerOf(LeadDetail));

const show = createRoute({
  method: 'get',
  path: '/leads/{id}',
  summary: 'A lead with everything that is known of it',
  ...forRole('rep'),
  request: { params },
  responses,
});

const change = createRoute({
  method: 'patch',
  path: '/leads/{id}',
  summary: 'Change status, next call, notes or, for managers, the owner; 409 where somebody was faster',
  ...forRole('rep'),
  request: { params, body: bodyOf(LeadChange) },
  responses,
});

const touch = createRoute({
  method: 'post',
  path: '/leads/{id}/touches',
  summary: 'Somebody called or wrote',
  ...forRole('rep'),
  request: { params, body: bodyOf(Touch) },
  responses,
});

/** One lead, and what people do with it. */
export const leadRoutes = (ports: EditPorts) =>
  routes()
    .openapi(show, async (c) => {
      const data = await showLead(c.get('actor'), c.req.valid('param').id, ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(change, async (c) => {
      const data = await changeLead(c.get('actor'), c.req.valid('param').id, c.req.valid('json'), ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(touch, async (c) => {
      const data = await touchLead(c.get('actor'), c.req.valid('param').id, c.req.valid('json'), ports);
      return c.json({ success: true as const, data }, 200);
    });
