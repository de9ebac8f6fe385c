import type { OpenAPIHono } from '@hono/zod-openapi';
import type { SignedIn } from './route.ts';

/** The API as OpenAPI 3.1: the schemas are those that check each request. `x-role` is the least role that may take a route. */
export const described = (app: OpenAPIHono<SignedIn>) =>
  app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Lead Relay: the API of the dashboard',
      version: '1',
      description:
        'Every path wants an ID token as `Authorization: Bearer …`; without a valid one the gateway answers 401. Whose leads it is about stands in the token alone.',
    },
  });
