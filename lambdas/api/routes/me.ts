import { createRoute } from '@hono/zod-openapi';
import { answers, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { Me, type Status } from '../schemas/me.ts';

export interface MePorts {
  timeZoneOf: (tenant: string) => string;
  statusesOf: (tenant: string) => Promise<Status[]>;
}

const me = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who is signed in',
  ...forRole('rep'),
  responses: answers(answerOf(Me)),
});

/** Who is signed in, and what the pages need to know of the tenant. */
export const meRoutes = ({ timeZoneOf, statusesOf }: MePorts) =>
  routes().openapi(me, async (c) => {
    const actor = c.get('actor');
    const { id, name, email, role, tenant } = actor;
    const data = {
      id,
      name,
      email,
      role,
      tenant,
      time_zone: timeZoneOf(tenant),
      statuses: await statusesOf(tenant),
    };
    return c.json({ success: true as const, data }, 200);
  });
