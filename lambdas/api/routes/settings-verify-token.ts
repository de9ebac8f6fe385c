import { createRoute } from '@hono/zod-openapi';
import type { Actor } from '../actor.ts';
import { Failed } from '../failed.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { VerifyToken, VerifyTokenChange } from '../schemas/settings.ts';

export interface VerifyTokenPorts {
  isOn: (source: string) => boolean;
  callbackUrl: (source: string) => string;
  newVerifyToken: () => string;
  saveVerifyToken: (source: string, value: string, by: Actor) => Promise<void>;
}

const change = createRoute({
  method: 'put',
  path: '/settings/verify-token',
  summary: 'Replace the verify token of Meta; it is told this once',
  ...forRole('admin'),
  request: { body: bodyOf(VerifyTokenChange) },
  responses: answers(answerOf(VerifyToken)),
});

/** The token with which Meta tests the address of the webhook. */
export const verifyTokenRoutes = (ports: VerifyTokenPorts) =>
  routes().openapi(change, async (c) => {
    if (!ports.isOn('meta'))
      throw new Failed('refused', 'Meta is off in this stage: add meta to the setting sources and deploy');
    const { value = ports.newVerifyToken() } = c.req.valid('json');
    await ports.saveVerifyToken('meta', value, c.get('actor'));
    return c.json({ success: true as const, data: { value, callback_url: ports.callbackUrl('meta') } }, 200);
  });
