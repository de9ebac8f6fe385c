import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { listDeliveries, type ListPorts } from '../list-deliveries.ts';
import { answers, forRole, routes } from '../route.ts';
import { answerOf, pageOf } from '../schemas/answer.ts';
import { DeliveriesQuery, Delivery, DeliveryEvent, DeliveryName } from '../schemas/delivery.ts';
import { revealDelivery, showDelivery, type ShowPorts } from '../show-delivery.ts';

export type DeliveryPorts = ListPorts & ShowPorts;

const list = createRoute({
  method: 'get',
  path: '/deliveries',
  summary: 'What vendors sent, event by event, the newest first, and what became of it',
  ...forRole('admin'),
  request: { query: DeliveriesQuery },
  responses: answers(pageOf(DeliveryEvent)),
});

const params = z.object({ name: DeliveryName });

const show = createRoute({
  method: 'get',
  path: '/deliveries/{name}',
  summary: 'A delivery as it was stored, with its personal fields covered',
  ...forRole('admin'),
  request: { params },
  responses: answers(answerOf(Delivery)),
});

const reveal = createRoute({
  method: 'post',
  path: '/deliveries/{name}/reveal',
  summary: 'The same with everything that the vendor sent; who asked is noted',
  ...forRole('admin'),
  request: { params },
  responses: answers(answerOf(Delivery)),
});

/** What vendors sent. */
export const deliveryRoutes = (ports: DeliveryPorts) =>
  routes()
    .openapi(list, async (c) => {
      const { data, cursor } = await listDeliveries(c.get('actor'), c.req.valid('query'), ports);
      return c.json({ success: true as const, data, count: data.length, cursor }, 200);
    })
    .openapi(show, async (c) => {
      const data = await showDelivery(c.get('actor'), c.req.valid('param').name, ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(reveal, async (c) => {
      const data = await revealDelivery(c.get('actor'), c.req.valid('param').name, ports);
      return c.json({ success: true as const, data }, 200);
    });
