import Fastify from 'fastify';
import type { Alarms } from './alarms/alarms.ts';
import type { Metrics } from './alarms/metrics.ts';
import { bodyLimit, serveApi } from './api/gateway.ts';
import { serveConsole } from './console/console.ts';
import { guardHost } from './console/guard.ts';
import type { Inbox } from './console/inbox.ts';
import { localSettings, tableOf } from './console/local-settings.ts';
import { outcomesOf } from './console/outcomes.ts';
import type { Seeds } from './console/seeds.ts';
import type { Crashes } from './crashes.ts';
import type { Faults } from './faults.ts';
import type { Functions } from './functions/functions.ts';
import { listen } from './listen.ts';
import { servePage } from './page/serve.ts';
import type { Services } from './cloud/start-services.ts';
import type { Stores } from './cloud/stores.ts';
import { serveStandIns } from './stand-ins/serve.ts';

interface WebPorts extends Services {
  stores: Stores;
  seeds: Seeds;
  inbox: Inbox;
  faults: Faults;
  crashes: Crashes;
  metrics: Metrics;
  alarms: Alarms;
  functions: Functions;
}

/** Serves the API, the console, its page and the stand-ins on one port. Until `open` every request is told to wait. */
export async function serveWeb(ports: WebPorts, port: number) {
  const { aws, template, tables, seeds, secrets, functions } = ports;
  const app = Fastify({ forceCloseConnections: true, bodyLimit, exposeHeadRoutes: false });
  let isOpen = false;
  let url = '';
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (_request, reply, done) => {
    if (isOpen) return done();
    reply.status(503).header('retry-after', '1').send({ ready: false });
  });
  guardHost(app);
  servePage(app);
  serveStandIns(app, { ...ports, kill: (environment) => functions.kill(environment) });
  serveConsole(app, {
    ...ports,
    settings: () => ({ ...localSettings(template, seeds, secrets, url), aws }),
    outcomes: (leadId) => outcomesOf(tables, tableOf(template), Object.keys(seeds.tenants), leadId),
  });
  serveApi(app, { ...ports, functionByArn: (arn) => functions.byArn(arn) });
  url = await listen(app, port, 'PORT');
  return {
    url,
    open: () => {
      isOpen = true;
    },
    close: () => app.close(),
  };
}
