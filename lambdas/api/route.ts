import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type * as z from 'zod';
import { type Actor, includes } from './actor.ts';
import { Failed } from './failed.ts';
import { Failure } from './schemas/answer.ts';
import type { Role } from './schemas/me.ts';

/** What each request carries: the claims that came with it, and who that is once they were read. */
export interface SignedIn {
  Bindings: { claims?: unknown };
  Variables: { actor: Actor };
}

/** The routes of a module; `api.ts` mounts them under `/api`. */
export const routes = () => new OpenAPIHono<SignedIn>();

/** Goes into `createRoute`: who may take the route, checked before anything of the request is read. Every route has one. */
export const forRole = (needed: Role) => ({
  'x-role': needed,
  middleware: (async (c, next) => {
    if (!includes(c.get('actor').role, needed)) throw new Failed('not_allowed', `this needs the role ${needed}`);
    await next();
  }) satisfies MiddlewareHandler<SignedIn> as MiddlewareHandler<SignedIn>,
});

const json = <T extends z.ZodType>(schema: T) => ({ 'application/json': { schema } });

/** A body that must be there. */
export const bodyOf = <T extends z.ZodType>(schema: T) => ({ content: json(schema), required: true });

/** The answer of a route, and what all of them answer where something is wrong. */
export const answers = <T extends z.ZodType>(schema: T, description = 'Done') => ({
  200: { description, content: json(schema) },
  default: { description: 'What went wrong', content: json(Failure) },
});
