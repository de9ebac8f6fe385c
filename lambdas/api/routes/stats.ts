import { createRoute } from '@hono/zod-openapi';
import { ownerKey } from '../../core/owner-key.ts';
import { type DayCounts, firstDay, statsOf } from '../../core/stats.ts';
import { dayIn } from '../../core/when.ts';
import type { OwnerPorts } from '../list-owners.ts';
import { answers, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { Stats } from '../schemas/stats.ts';

export interface StatsPorts extends OwnerPorts {
  /** Milliseconds since 1970. */
  now: () => number;
  timeZoneOf: (tenant: string) => string;
  /** The counters of these days, both included. */
  daysOf: (tenant: string, from: string, to: string) => Promise<DayCounts[]>;
  sourceLabel: (source: string) => string;
}

const stats = createRoute({
  method: 'get',
  path: '/stats',
  summary: 'Counters of today, this week and the last 30 days',
  ...forRole('rep'),
  responses: answers(answerOf(Stats)),
});

/** Counters that were kept as leads came in: three queries, however many leads there are. */
export const statsRoutes = (ports: StatsPorts) =>
  routes().openapi(stats, async (c) => {
    const { tenant } = c.get('actor');
    const today = dayIn(ports.now(), ports.timeZoneOf(tenant));
    const [days, owners, users] = await Promise.all([
      ports.daysOf(tenant, firstDay(today), today),
      ports.ownerNamesOf(tenant),
      ports.usersOf(tenant),
    ]);
    const known = new Map<string, { key: string; name: string }>();
    const know = (as: string, name: string) => known.set(ownerKey(tenant, as), { key: ownerKey(tenant, name), name });
    for (const name of owners) know(name, name);
    // One person has many names.
    for (const { name, names } of users) for (const as of [name, ...names]) know(as, name);
    const words = {
      sourceLabel: ports.sourceLabel,
      ownerNamed: (key: string) => known.get(key) ?? { key, name: 'Unknown' },
    };
    return c.json({ success: true as const, data: statsOf(days, today, words) }, 200);
  });
