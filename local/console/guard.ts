import type { FastifyInstance } from 'fastify';

/** Refuses console calls that reach this machine under another name, as a web page could make a browser do. */
export function guardHost(app: FastifyInstance) {
  app.addHook('onRequest', (request, reply, done) => {
    const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
    if (isLocal || !request.url.startsWith('/local')) return done();
    reply.status(403).send({ error: 'The console is only for this machine.' });
  });
}
