import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../alarms/metrics.ts';
import { meetsFault, type Faults } from '../faults.ts';
import { FunctionFailed, type LocalFunction } from '../functions/local-function.ts';
import type { Template } from '../template/template.ts';
import { refusals, type Refuse } from './gateway-responses.ts';
import { isProxyResponse, proxyEvent, sendProxyResponse } from './proxy-event.ts';
import { match, routesOf, type Match } from './routes.ts';

/** What API Gateway takes at most. */
export const bodyLimit = 10 * 1024 * 1024;

export interface GatewayPorts {
  template: Template;
  faults: Faults;
  metrics: Metrics;
  functionByArn(arn: string): LocalFunction | undefined;
}

/** The REST API of the template, on every path that the console has not taken. */
export function serveApi(app: FastifyInstance, ports: GatewayPorts) {
  const routes = routesOf(ports.template);
  const refuse = refusals(ports.template);
  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    const found = match(routes, request.method, pathOf(request));
    if (!found) return refuse(reply, 'MISSING_AUTHENTICATION_TOKEN');
    count(found, reply, ports.metrics);
    if (isWebhook(request) && (await meetsFault(ports.faults, 'webhooks', request, reply))) return reply;
    return invoke(found, request, reply, refuse, ports);
  };
  app.setNotFoundHandler(handle);
  app.setErrorHandler(async (error: Error & { code?: string }, { raw }, reply) => {
    if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw error;
    await readToTheEnd(raw);
    return refuse(reply, 'REQUEST_TOO_LARGE');
  });
}

async function invoke(found: Match, request: FastifyRequest, reply: FastifyReply, refuse: Refuse, ports: GatewayPorts) {
  const { functionArn, timeoutMs, isPermitted } = found.route;
  const fn = ports.functionByArn(functionArn);
  if (!fn || !isPermitted) return refuse(reply, 'API_CONFIGURATION_ERROR');
  const ended = new AbortController();
  try {
    const tooLong = wait(timeoutMs, 'too long' as const, { signal: ended.signal });
    const answer = await Promise.race([fn.invoke(proxyEvent(request, found)), tooLong]);
    if (answer === 'too long') return refuse(reply, 'INTEGRATION_TIMEOUT');
    return isProxyResponse(answer) ? sendProxyResponse(reply, answer) : refuse(reply, 'INTEGRATION_FAILURE');
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
function count({ route: { apiName, stage } }: Match, reply: FastifyReply, metrics: Metrics) {
  reply.raw.once('finish', () => {
    for (const dimensions of [{ ApiName: apiName }, { ApiName: apiName, Stage: stage }]) {
      metrics.add('AWS/ApiGateway', 'Count', dimensions, 1);
      metrics.add('AWS/ApiGateway', '4XXError', dimensions, reply.statusCode >= 400 && reply.statusCode < 500 ? 1 : 0);
      metrics.add('AWS/ApiGateway', '5XXError', dimensions, reply.statusCode >= 500 ? 1 : 0);
    }
  });
}

/** What is not the dashboard's own API is a vendor's way in, and so is a webhook that has its place there. */
const isWebhook = (request: FastifyRequest) =>
  !pathOf(request).startsWith('/api/') || pathOf(request).endsWith('/webhook');
const pathOf = ({ url }: FastifyRequest) => url.split('?')[0] ?? '/';
