import type { FastifyInstance } from 'fastify';
import type { Alarms } from '../alarms/alarms.ts';
import type { Crashes } from '../crashes.ts';
import { FaultBody, faultTargets, type Faults } from '../faults.ts';
import { confirm } from '../cloud/confirmations.ts';
import type { Stores } from '../cloud/stores.ts';
import type { Template } from '../template/template.ts';
import type { Inbox } from './inbox.ts';
import type { Outcome } from './outcomes.ts';
import { readJson } from './read-json.ts';

export interface ConsolePorts {
  template: Template;
  stores: Stores;
  inbox: Inbox;
  faults: Faults;
  crashes: Crashes;
  alarms: Alarms;
  settings(): object;
  /** An ID token of a user; nothing where there is none of this address. */
  tokenOf(email: string): Promise<string | undefined>;
  outcomes(leadId: string | undefined): Promise<Outcome[]>;
  /** Starts now what rules start by the clock whose name has this in it; false where there is none. */
  startRule(name: string): boolean;
}

/** The console: what people and tests see and do, under `/local/`. */
export function serveConsole(app: FastifyInstance, ports: ConsolePorts) {
  const { inbox, faults, crashes } = ports;
  app.get('/local/health', () => ({ ready: true }));
  app.get('/local/settings', () => ports.settings());
  app.get<{ Querystring: { last?: string } }>('/local/inbox', ({ query }) => ({
    messages: query.last === undefined ? inbox.messages : inbox.messages.slice(-Number(query.last)),
  }));
  app.delete('/local/inbox', () => {
    inbox.clear();
    return { messages: [] };
  });
  app.get<{ Params: { id: string } }>('/local/confirm/:id', ({ params }, reply) =>
    confirm(params.id, ports.stores)
      ? reply.type('text/plain').send('Subscription confirmed!')
      : reply.status(404).send({ error: 'There is no such subscription.' }),
  );
  app.get('/local/queues', () => ({ queues: queues(ports) }));
  app.get<{ Querystring: { lead_id?: string } }>('/local/outcomes', async ({ query }) => ({
    outcomes: await ports.outcomes(query.lead_id),
  }));
  app.get('/local/alarms', () => ({ alarms: ports.alarms.states }));
  app.post('/local/token', async (request, reply) => {
    const { user } = (readJson(request) ?? {}) as { user?: unknown };
    if (typeof user !== 'string') return reply.status(400).send({ error: 'Give {"user":"…"}, the address of a user.' });
    const token = await ports.tokenOf(user);
    return token ? { token } : reply.status(404).send({ error: 'No development user has this address.' });
  });
  for (const target of faultTargets) {
    app.put(`/local/faults/${target}`, (request, reply) => {
      const fault = FaultBody.safeParse(readJson(request));
      if (!fault.success)
        return reply.status(400).send({ error: fault.error.issues.map(({ message }) => message).join(' ') });
      faults.set(target, fault.data);
      return fault.data;
    });
    app.delete(`/local/faults/${target}`, () => {
      faults.clear(target);
      return {};
    });
  }
  app.post<{ Params: { name: string } }>('/local/rules/:name', ({ params: { name } }, reply) =>
    ports.startRule(name) ? { started: name } : reply.status(404).send({ error: 'There is no such rule.' }),
  );
  app.put<{ Params: { text: string } }>('/local/crashes/:text', (request) => {
    const { after = 1 } = (readJson(request) ?? {}) as { after?: number };
    crashes.arm(request.params.text, after);
    return { after };
  });
  app.delete<{ Params: { text: string } }>('/local/crashes/:text', ({ params }) => {
    crashes.disarm(params.text);
    return {};
  });
  app.all('/local/*', (_request, reply) => reply.status(404).send({ error: 'The console has no such page.' }));
}

function queues({ template, stores: { sqs } }: ConsolePorts) {
  return template.of('AWS::SQS::Queue').flatMap(({ name, arn }) => {
    const queue = sqs.getQueueByArn(arn);
    if (!queue) return [];
    queue.processTimers();
    const { messages, delayedMessages, inflightMessages } = queue;
    return [{ name, visible: messages.length, delayed: delayedMessages.length, inFlight: inflightMessages.size }];
  });
}
