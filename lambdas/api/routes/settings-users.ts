import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import type { User as Person, UserEdit } from '../../core/users.ts';
import type { Actor } from '../actor.ts';
import { Failed, notFound } from '../failed.ts';
import { answers, bodyOf, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { OwnerKey } from '../schemas/lead.ts';
import { Role } from '../schemas/me.ts';
import { Match, UnmatchedOwner, User, UserChange, UserId } from '../schemas/settings.ts';
import { listUnmatched, matchOwner, type UnmatchedPorts } from '../unmatched-owners.ts';

export interface UserPorts extends UnmatchedPorts {
  personNow: (of: { tenant: string; id: string }) => Promise<Person | undefined>;
  /** `undefined` where there is no such user, or somebody was faster. */
  changePerson: (id: string, edit: UserEdit, version: number, by: Actor) => Promise<Person | undefined>;
}

const list = createRoute({
  method: 'get',
  path: '/settings/users',
  summary: 'The people of the tenant, with the names under which other systems know them',
  ...forRole('admin'),
  responses: answers(answerOf(z.array(User))),
});

const change = createRoute({
  method: 'patch',
  path: '/settings/users/{id}',
  summary: 'Change the other names and ids of a user; 409 where somebody was faster',
  ...forRole('admin'),
  request: { params: z.object({ id: UserId }), body: bodyOf(UserChange) },
  responses: answers(answerOf(User)),
});

const unmatched = createRoute({
  method: 'get',
  path: '/settings/unmatched-owners',
  summary: 'Owners of leads of the last 30 days whom nobody of the tenant is called',
  ...forRole('admin'),
  responses: answers(answerOf(z.array(UnmatchedOwner))),
});

const match = createRoute({
  method: 'post',
  path: '/settings/unmatched-owners/{key}',
  summary: 'Say that an owner is one of the users',
  ...forRole('admin'),
  request: { params: z.object({ key: OwnerKey }), body: bodyOf(Match) },
  responses: answers(answerOf(z.array(User))),
});

/** Who is who, here and elsewhere. */
export const userRoutes = (ports: UserPorts) =>
  routes()
    .openapi(list, async (c) => {
      const people = await ports.peopleOf(c.get('actor').tenant);
      return c.json({ success: true as const, data: people.map(shown) }, 200);
    })
    .openapi(change, async (c) => {
      const { version, names, ...ids } = c.req.valid('json');
      const edit = {
        names: names && [...new Set(names)],
        closeUserId: ids.close_user_id,
        hubspotOwnerId: ids.hubspot_owner_id,
        slackMemberId: ids.slack_member_id,
      };
      const data = await changed(c.get('actor'), c.req.valid('param').id, edit, version, ports);
      return c.json({ success: true as const, data: shown(data) }, 200);
    })
    .openapi(unmatched, async (c) =>
      c.json({ success: true as const, data: await listUnmatched(c.get('actor'), ports) }, 200),
    )
    .openapi(match, async (c) => {
      const people = await matchOwner(c.get('actor'), c.req.valid('param').key, c.req.valid('json').user, ports);
      return c.json({ success: true as const, data: people.map(shown) }, 200);
    });

async function changed(actor: Actor, id: string, edit: UserEdit, version: number, ports: UserPorts): Promise<Person> {
  const person = await ports.changePerson(id, edit, version, actor);
  if (person) return person;
  const now = await ports.personNow({ tenant: actor.tenant, id });
  if (!now) throw notFound('user');
  throw new Failed('conflict', 'somebody else changed this user meanwhile', shown(now));
}

const shown = ({ id, name, email, role, names, closeUserId, hubspotOwnerId, slackMemberId, version }: Person) => ({
  id,
  name,
  email,
  role: Role.catch('rep').parse(role),
  names,
  close_user_id: closeUserId ?? null,
  hubspot_owner_id: hubspotOwnerId ?? null,
  slack_member_id: slackMemberId ?? null,
  version,
});
