import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { listDeadLetters, type ReplayPorts, showReplay, startRedrive, startReplay } from '../replays.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { DeadGroup, Job, RedriveRequest, ReplayRequest } from '../schemas/replay.ts';

const started = {
  ...answers(answerOf(Job)),
  202: answers(answerOf(Job), 'It was begun; ask after it by its id')[200],
};

const replay = createRoute({
  method: 'post',
  path: '/replays',
  summary: 'Runs stored deliveries again, with or without telling people, or says what would change',
  ...forRole('admin'),
  request: { body: bodyOf(ReplayRequest) },
  responses: started,
});

const show = createRoute({
  method: 'get',
  path: '/replays/{id}',
  summary: 'Where such a job stands',
  ...forRole('admin'),
  request: { params: z.object({ id: z.uuid() }) },
  responses: answers(answerOf(Job)),
});

const dead = createRoute({
  method: 'get',
  path: '/dead-letters',
  summary: 'Messages that were given up, grouped by their cause',
  ...forRole('admin'),
  responses: answers(answerOf(z.array(DeadGroup))),
});

const redrive = createRoute({
  method: 'post',
  path: '/dead-letters/redrive',
  summary: 'Sends messages back that were given up: those of one cause, one, or all',
  ...forRole('admin'),
  request: { body: bodyOf(RedriveRequest) },
  responses: started,
});

/** What is done once more. */
export const replayRoutes = (ports: ReplayPorts) =>
  routes()
    .openapi(replay, async (c) => {
      const data = await startReplay(c.get('actor'), c.req.valid('json'), ports);
      return c.json({ success: true as const, data }, 202);
    })
    .openapi(show, async (c) => {
      const data = await showReplay(c.get('actor'), c.req.valid('param').id, ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(dead, async (c) => {
      const data = await listDeadLetters(c.get('actor'), ports);
      return c.json({ success: true as const, data }, 200);
    })
    .openapi(redrive, async (c) => {
      const data = await startRedrive(c.get('actor'), c.req.valid('json'), ports);
      return c.json({ success: true as const, data }, 202);
    });
