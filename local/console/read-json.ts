import type { FastifyRequest } from 'fastify';

/** The JSON in the body of a request; nothing where there is none. */
export function readJson({ body }: FastifyRequest): unknown {
  try {
    return JSON.parse((body as Buffer | undefined)?.toString() ?? '');
  } catch {
    return undefined;
  }
}
