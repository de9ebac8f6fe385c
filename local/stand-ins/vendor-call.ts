import type { FastifyRequest } from 'fastify';
import { readJson } from '../console/read-json.ts';
import type { VendorCall } from './issued.ts';

/** What a call to a vendor asks. Close ends its paths with a slash, people forget it. */
export function vendorCall(request: FastifyRequest, path: string): VendorCall {
  const [, bearer = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const query = request.query as Record<string, string>;
  return {
    method: request.method,
    path: path.replace(/\/$/, ''),
    parameters: { ...query, ...bodyOf(request) },
    bearer,
  };
}

/** A form, as Meta takes it, or JSON, of which the texts are taken. */
function bodyOf(request: FastifyRequest): Record<string, string> {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  if (isForm) return Object.fromEntries(new URLSearchParams(String(request.body as Buffer)));
  const content = request.method === 'POST' ? readJson(request) : undefined;
  const entries = typeof content === 'object' && content !== null ? Object.entries(content) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
