import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../alarms/metrics.ts';
import { meetsFault, type Faults } from '../faults.ts';
import { FunctionFailed, type LocalFunction } from '../functions/local-function.ts';
import type { Site } from '../site/site.ts';
import type { Template } from '../template/template.ts';
import type { Authorize } from './authorizer.ts';
import { frontDoor, type Way } from './front-door.ts';
import { refusals, type Refuse } from './gateway-responses.ts';
import { type Claims, isProxyResponse, proxyEvent, sendProxyResponse } from './proxy-event.ts';
import { match, routesOf, type Match } from './routes.ts';

/** What API Gateway takes at most. */
export const bodyLimit = 10 * 1024 * 1024;

export interface GatewayPorts {
  template: Template;
  faults: Pick<Faults, 'next'>;
  metrics: Pick<Metrics, 'add'>;
  authorize: Authorize;
  /** What is served on every path that no API has; nothing where the stage has no web site. */
  site: Site | undefined;
  functionByArn(arn: string): Pick<LocalFunction, 'invoke'> | undefined;
}

/** The REST APIs of the template and its web site, on every path that the console has not taken. */
export function serveApi(app: FastifyInstance, ports: GatewayPorts) {
  const routes = routesOf(ports.template);
  const leadTo = frontDoor(ports.template, routes);
  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    const way = leadTo(request.method, pathOf(request));
    if (way.to === 'nowhere') return reply.status(403).type('text/plain').send('CloudFront does not take this method.');
    if (way.to === 'site' && ports.site) return ports.site(request, reply);
    const refuse = refusals(ports.template, apiOf(way));
    const own = routes.filter(({ apiId }) => apiId === apiOf(way));
    const found = match(own, request.method, pathOf(request));
    if (!found) return refuse(reply, 'MISSING_AUTHENTICATION_TOKEN');
    count(found, reply, ports.metrics);
    const { poolArns } = found.route;
    // What nobody must sign in for is a vendor's way in.
    if (!poolArns && (await meetsFault(ports.faults, 'webhooks', request, reply))) return reply;
    const claims = poolArns && (await ports.authorize(request.raw.rawHeaders, poolArns));
    if (poolArns && !claims) return refuse(reply, 'UNAUTHORIZED');
    return invoke(found, claims, request, reply, refuse, ports);
  };
  app.setNotFoundHandler(handle);
  app.setErrorHandler(async (error: Error & { code?: string }, request, reply) => {
    if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
    await readToTheEnd(request.raw);
    const way = leadTo(request.method, pathOf(request));
    return refusals(ports.template, apiOf(way))(reply, 'REQUEST_TOO_LARGE');
  });
}

async function invoke(
  found: Match,
  claims: Claims | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  refuse: Refuse,
  ports: GatewayPorts,
) {
  const { functionArn, timeoutMs, isPermitted } = found.route;
  const fn = ports.functionByArn(functionArn);
  if (!fn || !isPermitted) return refuse(reply, 'API_CONFIGURATION_ERROR');
  const ended = new AbortController();
  try {
    const tooLong = wait(timeoutMs, 'too long' as const, { signal: ended.signal });
    const answer = await Promise.race([fn.invoke(proxyEvent(request, found, claims)), tooLong]);
    if (answer === 'too long') return refuse(reply, 'INTEGRATION_TIMEOUT');
    return isProxyResponse(answer)
      ? sendProxyResponse(reply, found.route, answer)
      : refuse(reply, 'INTEGRATION_FAILURE');
  } catch (error) {
    if (error instanceof FunctionFailed) return refuse(reply, 'INTEGRATION_FAILURE');
    throw error;
  } finally {
    ended.abort();
  }
}

/** Who is still sending would not hear the answer. */
async function readToTheEnd(body: Readable): Promise<void> {
  body.resume();
  await finished(body).catch(() => {});
}

/** Counts what API Gateway counts, for the alarms. */
function count({ route: { apiName, stage } }: Match, reply: FastifyReply, metrics: GatewayPorts['metrics']) {
  reply.raw.once('finish', () => {
    for (const dimensions of [{ ApiName: apiName }, { ApiName: apiName, Stage: stage }]) {
      metrics.add('AWS/ApiGateway', 'Count', dimensions, 1);
      metrics.add('AWS/ApiGateway', '4XXError', dimensions, reply.statusCode >= 400 && reply.statusCode < 500 ? 1 : 0);
      metrics.add('AWS/ApiGateway', '5XXError', dimensions, reply.statusCode >= 500 ? 1 : 0);
    }
  });
}

const apiOf = (way: Way) => (way.to === 'api' ? way.apiId : undefined);

/** The path without what leads up, as CloudFront reads it. */
const pathOf = ({ url }: FastifyRequest) => new URL(`http://localhost${url}`).pathname;
