import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oidcPath, type SignIn } from '../sign-in/sign-in.ts';
import type { Template } from '../template/template.ts';
import { distributionOf } from './distribution.ts';
import { readSiteFile, siteFile, type SiteFile } from './files.ts';
import { responseHeadersOf } from './response-headers.ts';
import { viewerRequestOf } from './viewer-request.ts';

/** Answers a request as the default behaviour of the distribution does. */
export type Site = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export interface SiteOptions {
  template: Template;
  /** The built web site. */
  folder: string;
  signIn: SignIn | undefined;
  publicUrl: () => string;
}

/** CloudFront compresses texts from this size on. */
const leastCompressed = 1000;

/** As quick as gzip; the best one takes a second. */
const quality = 5;

/** The web site of the stage; nothing where it has no distribution. */
export function siteOf({ template, folder, signIn, publicUrl }: SiteOptions): Site | undefined {
  const config = distributionOf(template)?.properties.DistributionConfig;
  if (!config) return undefined;
  const viewerRequest = viewerRequestOf(template);
  return async (request, reply) => {
    const home = new URL(publicUrl());
    const { host = '' } = request.headers;
    // Another name of this machine is another site to a browser, and nobody could sign in there.
    if (host === `localhost:${home.port}`) return reply.redirect(home.origin + request.url, 302);
    const { pathname } = new URL(home.origin + request.url);
    const outcome = await viewerRequest(request.method, pathname, textual(request.headers));
    if ('statusCode' in outcome) {
      for (const [name, { value }] of Object.entries(outcome.headers)) reply.header(name, value);
      return reply.status(outcome.statusCode).send(outcome.body);
    }
    reply.headers(responseHeadersOf(template, home.origin));
    const path = outcome.uri === '/' ? `/${config.DefaultRootObject}` : outcome.uri;
    const file = path === '/config.json' ? configFile(template, signIn, home.origin) : await readSiteFile(folder, path);
    if (!file && path === '/index.html') return reply.status(404).type('text/html; charset=utf-8').send(notBuilt);
    if (!file) return reply.status(403).type('application/xml').send(denied);
    return send(file, config.DefaultCacheBehavior.Compress, request, reply);
  };
}

/** What S3 says of an object that is not there to somebody who may not list. */
const denied =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

const notBuilt =
  '<!doctype html><html lang="en"><title>Lead Relay</title><p>The dashboard is not built. <a href="/local">The console</a></p></html>';

/** What the web app is told at its start; a deployment writes it into the bucket. */
function configFile(template: Template, signIn: SignIn | undefined, home: string): SiteFile {
  const config = {
    authority: home + oidcPath,
    clientId: signIn?.client.id ?? '',
    logoutUrl: `${home}${oidcPath}/logout`,
    stage: template.of('AWS::ApiGateway::Stage')[0]?.name ?? '',
  };
  return siteFile('config.json', Buffer.from(JSON.stringify(config)));
}

async function send(file: SiteFile, mayCompress: boolean, request: FastifyRequest, reply: FastifyReply) {
  const { etag, cacheControl, type } = file;
  reply.headers({ etag, 'cache-control': cacheControl });
  if (request.headers['if-none-match']?.replaceAll('W/', '').split(/, */).includes(etag))
    return reply.status(304).send();
  reply.type(type);
  const body = mayCompress ? await compressed(file, request, reply) : file.body;
  return request.method === 'HEAD' ? reply.header('content-length', body.length).send() : reply.send(body);
}

async function compressed({ body, type, etag }: SiteFile, request: FastifyRequest, reply: FastifyReply) {
  if (body.length < leastCompressed || !/^(text|application)\/|svg/.test(type)) return body;
  reply.header('vary', 'accept-encoding');
  const accepted = request.headers['accept-encoding'] ?? '';
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  if (!encoding) return body;
  reply.headers({ 'content-encoding': encoding, etag: `W/${etag}` });
  if (encoding === 'gzip') return promisify(gzip)(body);
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

const textual = (headers: FastifyRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
