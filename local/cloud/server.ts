import { buildApp } from 'fauxqs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Crashes } from '../crashes.ts';
import { takeTime, type Fault, type Faults } from '../faults.ts';
import type { Environment } from '../functions/access-key.ts';
import type { Allowed } from '../permissions.ts';
import { region } from '../template/resource-type.ts';
import { isRefused, type AccessPorts } from './access.ts';
import { operationOf } from './actions.ts';
import { setAskedHeaders } from './asked-headers.ts';
import { answerError, codeOf } from './aws-error.ts';
import { callOf, textOf, type Call } from './call.ts';
import type { MessageMoves } from './message-moves.ts';
import { nameVersion } from './name-version.ts';
import { answersS3 } from './s3.ts';
import { takePublished, type Published } from './subscribers.ts';
import type { Tables } from './tables.ts';

/** What the services stand on. */
export interface ServerPorts extends AccessPorts {
  tables: Tables;
  moves: MessageMoves;
  faults: Faults;
  crashes: Crashes;
  allowedFor(functionName: string): Allowed | undefined;
  published(message: Published): void;
  /** Hears of each `Subscribe` with its parameters. */
  subscribed(form: Record<string, string>): void;
  kill(environment: Environment): Promise<void>;
}

type Done = () => void;

/** S3, SQS, SNS, DynamoDB and Secrets Manager on one address: fauxqs, and in front of its routes what it lacks. */
export function buildServer(ports: ServerPorts) {
  const { stores, versions, faults, crashes } = ports;
  const app = buildApp({
    logger: false,
    defaultRegion: region,
    stores: { sqsStore: stores.sqs, snsStore: stores.sns, s3Store: stores.s3 },
  });
  app.addContentTypeParser(
    'application/x-amz-json-1.1',
    { parseAs: 'string' },
    app.getDefaultJsonParser('ignore', 'ignore'),
  );
  /** The calls that are carried out. */
  const carriedOut = new WeakMap<FastifyRequest, Call>();
  /** What is published, as it was asked for. */
  const published = new WeakMap<FastifyRequest, Published[]>();

  // Nothing between the check of a condition and the put that it guards may wait: this hook is synchronous on purpose.
  app.addHook('preHandler', (request, reply, done) => {
    const call = callOf(request, (name) => ports.allowedFor(name));
    const goOn = () => {
      if (isRefused(call, request, reply, ports)) return;
      carriedOut.set(request, call);
      if (call.service === 'sns') published.set(request, takePublished(request.body as Record<string, string>));
      carryOut(call, request, reply, done, ports);
    };
    const fault = call.allowed && faults.next(call.service);
    if (fault) void meetFault(fault, call, request, reply, goOn);
    else goOn();
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const call = carriedOut.get(request);
    if (call?.service === 'sns' && reply.statusCode === 200) {
      if (operationOf('sns', request) === 'Subscribe') ports.subscribed(request.body as Record<string, string>);
      for (const message of published.get(request) ?? []) ports.published(message);
    }
    if (call?.service === 's3') {
      nameVersion(request, reply, versions);
      setAskedHeaders(request, reply);
    }
    const { environment } = call ?? {};
    if (!environment || !crashes.areArmed || !crashes.strikes(textOf(request))) return done(null, payload);
    void ports.kill(environment).then(() => reply.raw.destroy());
  });
  return app;
}

async function meetFault(
  fault: Fault,
  { service }: Call,
  request: FastifyRequest,
  reply: FastifyReply,
  goOn: () => void,
) {
  const isThere = await takeTime(fault, request);
  if (!isThere) return void reply.hijack();
  const { status, headers, body } = fault;
  if (status === undefined) return goOn();
  reply.headers(headers);
  if (body !== undefined) return void reply.status(status).send(body);
  answerError(reply, service, status, codeOf(service, status), 'A fault was put on this service.');
}

/** Carries out what fauxqs lacks, and hands it the rest. */
function carryOut(call: Call, request: FastifyRequest, reply: FastifyReply, done: Done, ports: ServerPorts) {
  const { service } = call;
  if (service === 's3') return answersS3(call, request, reply, ports) ? undefined : done();
  if (service === 'sns') return done();
  const operation = operationOf(service, request);
  if (service === 'dynamodb') return void answerTable(operation, request, reply, ports.tables);
  const body = (request.body ?? {}) as Record<string, unknown>;
  const answer = service === 'sqs' ? ports.moves.handle(operation, body) : ports.secrets.handle(operation, body);
  if (!answer) return done();
  if ('code' in answer) return void answerError(reply, service, 400, answer.code, answer.message);
  return void reply.type('application/x-amz-json-1.1').send(JSON.stringify(answer.result));
}

async function answerTable(operation: string, request: FastifyRequest, reply: FastifyReply, tables: Tables) {
  const { status, body } = await tables.call(operation, request.body);
  return reply.status(status).type('application/x-amz-json-1.0').send(JSON.stringify(body));
}
