import { createRoute } from '@hono/zod-openapi';
import type { Actor } from '../actor.ts';
import { Failed } from '../failed.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { Statuses } from '../schemas/settings.ts';

export interface StatusPorts {
  statusSettingOf: (tenant: string) => Promise<Statuses>;
  /** `undefined` where somebody was faster. */
  saveStatuses: (statuses: Statuses, by: Actor) => Promise<Statuses | undefined>;
}

const show = createRoute({
  method: 'get',
  path: '/settings/statuses',
  summary: 'The follow-up statuses of the tenant, in their order',
  ...forRole('rep'),
  responses: answers(answerOf(Statuses)),
});

const change = createRoute({
  method: 'put',
  path: '/settings/statuses',
  summary:
    'Replace the statuses; 409 where somebody was faster. Leads in a status that is gone are shown in the first one',
  ...forRole('admin'),
  request: { body: bodyOf(Statuses) },
  responses: answers(answerOf(Statuses)),
});

/** Where people can stand with a lead. */
export const statusRoutes = (ports: StatusPorts) =>
  routes()
    .openapi(show, async (c) =>
      c.json({ success: true as const, data: await ports.statusSettingOf(c.get('actor').tenant) }, 200),
    )
    .openapi(change, async (c) => {
      const actor = c.get('actor');
      const asked = c.req.valid('json');
      const wrong = wrongIn(asked);
      if (wrong) throw new Failed('bad_request', `statuses: ${wrong}`);
      const data = await ports.saveStatuses(asked, actor);
      if (data) return c.json({ success: true as const, data }, 200);
      const now = await ports.statusSettingOf(actor.tenant);
      throw new Failed('conflict', 'somebody else changed the statuses meanwhile', now);
    });

const areUnique = (texts: string[]) => new Set(texts).size === texts.length;

function wrongIn({ statuses }: Statuses): string | undefined {
  if (!areUnique(statuses.map(({ key }) => key))) return 'each key must be there once';
  if (!areUnique(statuses.map(({ label }) => label.toLowerCase()))) return 'each label must be there once';
  return statuses[0]?.is_closed ? 'the first one is that of new leads and can not be closed' : undefined;
}
