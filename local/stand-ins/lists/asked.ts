import type { FastifyRequest } from 'fastify';
import type { Vendor } from '../vendors.ts';

/** A call to a vendor, as its stand-in reads it. */
export interface Asked {
  vendor: Vendor;
  method: string;
  /** Without a slash at its end. */
  path: string;
  /** What stands in the address, and of Meta also what is posted as a form. */
  query: URLSearchParams;
  body: string;
  /** Empty where there is none. */
  token: string;
}

/** Reads a call: the token is Meta's parameter, HubSpot's Bearer, or the user name of Close's Basic. */
export function askedOf(vendor: Vendor, path: string, request: FastifyRequest): Asked {
  const body = (request.body as Buffer | undefined)?.toString() ?? '';
  const [, search = ''] = /\?(.*)$/s.exec(request.url) ?? [];
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const query = new URLSearchParams(isForm ? `${search}&${body}` : search);
  const [, scheme = '', value = ''] = /^(\w+) (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const signedIn = scheme === 'Basic' ? Buffer.from(value, 'base64').toString().split(':')[0] : value;
  const token = vendor === 'graph' ? query.get('access_token') : signedIn;
  return { vendor, method: request.method, path: path.replace(/\/$/, ''), query, body, token: token ?? '' };
}
