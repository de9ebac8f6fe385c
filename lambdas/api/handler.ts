import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { logTo } from '../aws/log.ts';
import { readEnv } from '../env.ts';
import { api } from './api.ts';
import { ApiEnv } from './env.ts';
import { deliveryPorts } from './ports/deliveries.ts';
import { exportPorts } from './ports/exports.ts';
import { leadPorts } from './ports/leads.ts';
import { settingPorts } from './ports/settings.ts';
import { statsPorts } from './ports/stats.ts';
import { syncPorts } from './ports/sync.ts';
import { requestOf } from './request.ts';

const env = readEnv(ApiEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
const app = api({
  ...leadPorts(env),
  ...statsPorts(env),
  ...exportPorts(env),
  ...settingPorts(env),
  ...syncPorts(env),
  ...deliveryPorts(env),
  now: Date.now,
  log: (line) => log({ step: 'api', ...line }),
});

/** Answers a request of the dashboard, for whom the gateway’s authorizer vouches. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const answer = await app.fetch(requestOf(event), { claims: event.requestContext.authorizer?.['claims'] });
  return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}
