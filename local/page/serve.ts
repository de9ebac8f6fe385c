import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const files = {
  '/local': ['index.html', 'text/html; charset=utf-8'],
  '/local/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/local/page.css': ['page.css', 'text/css; charset=utf-8'],
} as const;

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The console as a page. */
export function servePage(app: FastifyInstance) {
  for (const [path, [file, type]] of Object.entries(files)) {
    const content = readFileSync(join(import.meta.dirname, file));
    app.get(path, (_request, reply) => reply.headers(headers).type(type).send(content));
  }
  app.get('/', (_request, reply) => reply.redirect('/local', 302));
}
