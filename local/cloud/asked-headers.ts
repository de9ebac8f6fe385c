import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a reader of an object may ask for, such as the link of a download does. */
const names = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

/** Answers a read object with the headers that its address asks for (`response-content-disposition=…`), which fauxqs does not know. */
export function setAskedHeaders({ method, query }: FastifyRequest, reply: FastifyReply) {
  if (method !== 'GET' || reply.statusCode >= 300) return;
  for (const name of names) {
    const asked = (query as Record<string, unknown>)[`response-${name}`];
    if (typeof asked === 'string') reply.header(name, asked);
  }
}
