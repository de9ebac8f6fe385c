import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import type { LogLine } from '../core/log-line.ts';
import { actorOf } from './actor.ts';
import { Failed, notFound } from './failed.ts';
import type { SignedIn } from './route.ts';
import type { EditPorts } from './edit-lead.ts';
import type { ExportPorts } from './make-export.ts';
import { type DeliveryPorts, deliveryRoutes } from './routes/deliveries.ts';
import { type DoctorPorts, doctorRoutes } from './routes/doctor.ts';
import { exportRoutes } from './routes/exports.ts';
import { leadRoutes } from './routes/lead.ts';
import { type LeadsPorts, leadsRoutes } from './routes/leads.ts';
import { type ListsPorts, listsRoutes } from './routes/lists.ts';
import { type MePorts, meRoutes } from './routes/me.ts';
import { replayRoutes } from './routes/replays.ts';
import { type SettingPorts, settingRoutes } from './routes/settings.ts';
import { type StatsPorts, statsRoutes } from './routes/stats.ts';
import { type SyncPorts, syncRoutes } from './routes/sync.ts';
import { traceRoutes } from './routes/trace.ts';
import type { ReplayPorts } from './replays.ts';
import type { TracePorts } from './show-trace.ts';

/** What all modules of routes need, joined. */
export interface ApiPorts
  extends
    MePorts,
    LeadsPorts,
    EditPorts,
    TracePorts,
    ListsPorts,
    StatsPorts,
    ExportPorts,
    SettingPorts,
    SyncPorts,
    DoctorPorts,
    DeliveryPorts,
    ReplayPorts {
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: Omit<LogLine, 'step'>) => void;
}

/** One function for each module of routes; those of another file are added here. */
const modules = [
  meRoutes,
  syncRoutes,
  leadsRoutes,
  leadRoutes,
  traceRoutes,
  listsRoutes,
  statsRoutes,
  exportRoutes,
  deliveryRoutes,
  replayRoutes,
  settingRoutes,
  doctorRoutes,
];

const LARGEST_BODY = 64 * 1024;

/** The API of the dashboard: every route under `/api`, for whom the claims name, and one line of log for each request. */
export function api(ports: ApiPorts): OpenAPIHono<SignedIn> {
  const app = new OpenAPIHono<SignedIn>({
    defaultHook: (result) => {
      // What can be no id is the id of nothing.
      if (!result.success && result.target === 'param') throw notFound('thing');
      if (!result.success) throw new Failed('bad_request', reasonOf(result.error.issues));
    },
  });
  app.use(async (c, next) => {
    const started = ports.now();
    await next();
    c.header('cache-control', 'no-store');
    const error = c.error instanceof Failed ? c.error.code : c.error?.name;
    const route = `${c.req.method} ${routePath(c, -1)}`;
    const tenant = c.get('actor')?.tenant;
    ports.log({ outcome: String(c.res.status), reason: error, route, tenant, ms: ports.now() - started });
  });
  app.use(async (c, next) => {
    const actor = actorOf(c.env.claims);
    if (!actor) throw new Failed('not_allowed', 'the account has no tenant and role');
    c.set('actor', actor);
    await next();
  });
  app.use(bodyLimit({ maxSize: LARGEST_BODY, onError: tooLarge }));
  for (const routesOf of modules) app.route('/api', routesOf(ports));
  app.notFound((c) => c.json(new Failed('not_found', 'there is nothing here').body, 404));
  app.onError((error, c) => {
    const failed = failureOf(error);
    return failed ? c.json(failed.body, failed.status) : c.json(unforeseen.body, 500);
  });
  return app;
}

function tooLarge(): never {
  throw new Failed('bad_request', `the body is larger than ${LARGEST_BODY} bytes`);
}

/** Of an error nobody foresaw nothing is told: its message may quote what a person wrote. */
const unforeseen = new Failed('unavailable', 'something went wrong on our side');

function failureOf(error: Error): Failed | undefined {
  if (error instanceof Failed) return error;
  const isOfBody = error instanceof HTTPException && error.status < 500;
  return isOfBody ? new Failed('bad_request', 'the body is not JSON') : undefined;
}

/** Names the field and what is wrong with it, never what stood there. */
function reasonOf(issues: readonly { path: PropertyKey[]; code?: string; message: string }[]): string {
  const [issue] = issues;
  if (!issue) return 'it is not understood';
  const field = issue.path.join('.') || 'it';
  // A field that nobody knows is named by whoever sent it.
  return issue.code === 'unrecognized_keys' ? 'it has a field that is not known' : `${field}: ${issue.message}`;
}
