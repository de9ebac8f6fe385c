import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** Where each file of the page is found. */
const files = {
  '/local': 'index.html',
  '/local/page.css': 'page.css',
  '/local/page.js': 'page.js',
  '/local/page/element.js': 'element.js',
  '/local/page/hmac.js': 'hmac.js',
  '/local/page/made-up.js': 'made-up.js',
  '/local/page/message-card.js': 'message-card.js',
  '/local/page/sample-close.js': 'sample-close.js',
  '/local/page/sample-hubspot.js': 'sample-hubspot.js',
  '/local/page/sample-meta.js': 'sample-meta.js',
  '/local/page/slack-blocks.js': 'slack-blocks.js',
};

const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The console as a page. */
export function servePage(app: FastifyInstance) {
  for (const [path, file] of Object.entries(files)) {
    const content = readFileSync(join(import.meta.dirname, file));
    app.get(path, (_request, reply) =>
      reply
        .headers(headers)
        .type(`${types[extname(file)]}; charset=utf-8`)
        .send(content),
    );
  }
}
