import Fastify from 'fastify';
import type { Alarms } from './alarms/alarms.ts';
import type { Metrics } from './alarms/metrics.ts';
import { authorizer } from './api/authorizer.ts';
import { bodyLimit, serveApi } from './api/gateway.ts';
import { serveConsole } from './console/console.ts';
import { guardHost } from './console/guard.ts';
import type { Inbox } from './console/inbox.ts';
import { localSettings, tableOf } from './console/local-settings.ts';
import { outcomesOf } from './console/outcomes.ts';
import { membersOf, type Seeds } from './console/seeds.ts';
import type { Crashes } from './crashes.ts';
import type { Faults } from './faults.ts';
import type { Functions } from './functions/functions.ts';
import { listen } from './listen.ts';
import { servePage } from './page/serve.ts';
import { clientOf } from './sign-in/client.ts';
import { serveSignIn } from './sign-in/serve.ts';
import { makeSignIn } from './sign-in/sign-in.ts';
import { siteOf } from './site/site.ts';
import type { Services } from './cloud/start-services.ts';
import type { Stores } from './cloud/stores.ts';
import { serveStandIns } from './stand-ins/serve.ts';

interface WebPorts extends Services {
  dataDir: string;
  /** The folder of the built web site. */
  site: string;
  stores: Stores;
  seeds: Seeds;
  inbox: Inbox;
  faults: Faults;
  crashes: Crashes;
  metrics: Metrics;
  alarms: Alarms;
  functions: Functions;
}

/** Longest headers: so that a token that is far too long is answered like any other bad one. */
const maxHeaderSize = 256 * 1024;

/** Serves the APIs, the web site, the console, its page, the sign-in and the stand-ins on one port. Until `open` every request is told to wait. */
export async function serveWeb(ports: WebPorts, port: number) {
  const { aws, template, tables, seeds, secrets, functions, stores, dataDir } = ports;
  const app = Fastify({ forceCloseConnections: true, bodyLimit, exposeHeadRoutes: false, http: { maxHeaderSize } });
  let isOpen = false;
  let url = '';
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (_request, reply, done) => {
    if (isOpen) return done();
    reply.status(503).header('retry-after', '1').send({ ready: false });
  });
  guardHost(app);
  const client = clientOf(template);
  const publicUrl = () => url;
  const signIn = client && makeSignIn({ client, members: membersOf(seeds), dataDir, publicUrl });
  const site = siteOf({ template, folder: ports.site, signIn, publicUrl });
  servePage(app);
  if (signIn) serveSignIn(app, { signIn, publicUrl, db: stores.db });
  // Without a web site, the console's page is what there is to see.
  if (!site) app.get('/', (_request, reply) => reply.redirect('/local', 302));
  serveStandIns(app, { ...ports, publicUrl, kill: (environment) => functions.kill(environment) });
  serveConsole(app, {
    ...ports,
    settings: () => ({ ...localSettings(template, seeds, secrets, url), aws }),
    tokenOf: async (email) => signIn?.tokenOf(email),
    outcomes: (leadId) => outcomesOf(tables, tableOf(template), Object.keys(seeds.tenants), leadId),
  });
  serveApi(app, { ...ports, site, authorize: authorizer(signIn), functionByArn: (arn) => functions.byArn(arn) });
  url = await listen(app, port, 'PORT');
  return {
    url,
    open: () => {
      isOpen = true;
    },
    close: () => app.close(),
  };
}
