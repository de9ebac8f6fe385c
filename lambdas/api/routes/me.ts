import { createRoute } from '@hono/zod-openapi';
import type { Actor } from '../actor.ts';
import { answers, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { Me, type Status } from '../schemas/me.ts';

export interface MePorts {
  timeZoneOf: (tenant: string) => string;
  statusesOf: (tenant: string) => Promise<Status[]>;
  /** Makes the row of somebody who is here for the first time, or takes over what sign-in says now. */
  noteUser: (actor: Actor) => Promise<void>;
}

const me = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who is signed in',
  ...forRole('rep'),
  responses: answers(answerOf(Me)),
});

/** Who is signed in, and what the pages need to know of the tenant. */
export const meRoutes = ({ timeZoneOf, statusesOf, noteUser }: MePorts) =>
  routes().openapi(me, async (c) => {
    const actor = c.get('actor');
    const { id, name, email, role, tenant } = actor;
    const [statuses] = await Promise.all([statusesOf(tenant), noteUser(actor)]);
    const data = {
      id,
      name,
      email,
      role,
      tenant,
      time_zone: timeZoneOf(tenant),
      statuses,
    };
    return c.json({ success: true as const, data }, 200);
  });
