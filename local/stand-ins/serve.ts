import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Inbox } from '../console/inbox.ts';
import { readJson } from '../console/read-json.ts';
import type { Seeds } from '../console/seeds.ts';
import type { Crashes } from '../crashes.ts';
import { meetsFault, type Faults } from '../faults.ts';
import { callerHeader, environmentOf, type Environment } from '../functions/access-key.ts';
import { textOf } from '../cloud/call.ts';
import type { Secrets } from '../cloud/secrets.ts';
import type { Stores } from '../cloud/stores.ts';
import { accountsIn } from './lists/accounts.ts';
import { askedOf } from './lists/asked.ts';
import { readableText } from './slack-text.ts';
import { parse, refusal } from './slack.ts';
import { VendorAnswer, VendorAnswers, vendors } from './vendors.ts';

export interface StandInPorts {
  stores: Stores;
  inbox: Inbox;
  faults: Faults;
  crashes: Crashes;
  secrets: Secrets;
  seeds: Seeds;
  publicUrl: () => string;
  kill(environment: Environment): Promise<void>;
}

/** The stand-ins for Slack and the vendors' APIs, under `/local/vendors/`. */
export function serveStandIns(app: FastifyInstance, ports: StandInPorts) {
  app.post('/local/vendors/slack/*', async (request, reply) => {
    if (await meetsFault(ports.faults, 'slack', request, reply)) return reply;
    const said = tellSlack(request, reply, ports.inbox);
    return (await crashes(request, reply, ports)) ? reply : reply.type('text/plain').send(said);
  });
  const answers = new VendorAnswers(ports.stores, accountsIn(ports.secrets, ports.seeds), ports.publicUrl);
  for (const vendor of vendors) {
    app.all(`/local/vendors/${vendor}/*`, async (request, reply) => {
      const { '*': path = '' } = request.params as { '*'?: string };
      const isSignedIn = request.headers.authorization !== undefined;
      const isVendorCall =
        request.method !== 'PUT' || isSignedIn || environmentOf(String(request.headers[callerHeader])) !== undefined;
      if (!isVendorCall) return setAnswer(request, reply, (answer) => answers.set(vendor, path, answer));
      if (await meetsFault(ports.faults, vendor, request, reply)) return reply;
      const { status, headers, body } = answers.answer(askedOf(vendor, path, request));
      return (await crashes(request, reply, ports))
        ? reply
        : reply.status(status).headers(headers).type('application/json').send(body);
    });
  }
}

/** Takes a message as Slack does and returns what Slack says. */
function tellSlack(request: FastifyRequest, reply: FastifyReply, inbox: Inbox): string {
  const { '*': path = '' } = request.params as { '*'?: string };
  const body = request.body as Buffer | undefined;
  if (!/^services\/[^/]+\/[^/]+\/[^/]+$/.test(path)) {
    reply.status(404);
    return 'no_service';
  }
  const problem = refusal(body);
  const message = parse(body);
  if (problem !== undefined || !message) {
    reply.status(400);
    return problem ?? 'invalid_payload';
  }
  inbox.add({
    channel: 'slack',
    to: `/${path}`,
    lead_id: message.blocks?.[0]?.block_id ?? null,
    text: readableText(message),
    payload: message,
  });
  return 'ok';
}

function setAnswer(request: FastifyRequest, reply: FastifyReply, set: (answer: VendorAnswer) => void) {
  const result = VendorAnswer.safeParse(readJson(request));
  if (!result.success) return reply.status(400).send({ error: 'Give {"status":200,"headers":{},"json":{…}}.' });
  set(result.data);
  return { ...result.data };
}

/** Kills the caller instead of answering, where a crash waits for this call. */
async function crashes(request: FastifyRequest, reply: FastifyReply, ports: StandInPorts): Promise<boolean> {
  const environment = environmentOf(String(request.headers[callerHeader]));
  if (!environment || !ports.crashes.areArmed || !ports.crashes.strikes(textOf(request))) return false;
  await ports.kill(environment);
  reply.hijack();
  reply.raw.destroy();
  return true;
}
