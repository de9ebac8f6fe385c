import type { Crashes } from '../crashes.ts';
import type { Faults } from '../faults.ts';
import type { Environment } from '../functions/access-key.ts';
import type { Inbox } from '../console/inbox.ts';
import { listen } from '../listen.ts';
import type { Allowed } from '../permissions.ts';
import type { Stack } from '../template/assembly.ts';
import { readTemplate, type Template } from '../template/template.ts';
import type { Need } from './actions.ts';
import { askToConfirm } from './confirmations.ts';
import { DeadLetters } from './dead-letters.ts';
import { MessageMoves } from './message-moves.ts';
import { ObjectVersions } from './object-versions.ts';
import { provision } from './provision.ts';
import { announceObjects } from './s3-events.ts';
import { Secrets } from './secrets.ts';
import { selfTest } from './self-test.ts';
import { buildServer } from './server.ts';
import type { Stores } from './stores.ts';
import { deliver } from './subscribers.ts';
import { Tables } from './tables.ts';

export interface ServicesOptions {
  stacks: Stack[];
  dataDir: string;
  port: number;
  stores: Stores;
  inbox: Inbox;
  faults: Faults;
  crashes: Crashes;
  allowedFor(functionName: string): Allowed | undefined;
  denied(functionName: string, need: Need): void;
  kill(environment: Environment): Promise<void>;
}

/** The AWS services with the resources of the template in them. */
export interface Services {
  aws: string;
  template: Template;
  tables: Tables;
  secrets: Secrets;
  close(): Promise<void>;
}

/** Starts the services. They listen first, since a queue's URL, which functions are told, has the port in it. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { dataDir, stores, inbox } = options;
  const tables = new Tables(stores);
  const [secrets, deadLetters] = [new Secrets(dataDir), new DeadLetters(stores)];
  const versions = new ObjectVersions(stores);
  const keys = new Map<string, string>();
  const alertTopics = new Set<string | undefined>();
  const server = buildServer({
    ...options,
    tables,
    secrets,
    versions,
    moves: new MessageMoves(stores, deadLetters),
    keyOfTopic: (arn) => keys.get(arn),
    subscribed: (form) => askToConfirm(form, stores, inbox),
    published: (message) => deliver(message, alertTopics.has(message.topicArn) ? 'email' : 'topic', stores, inbox),
  });
  const aws = await listen(server, options.port, 'AWS_PORT');
  const template = readTemplate(options.stacks, aws);
  provision(template, lookupBuckets(template), stores);
  for (const { name, properties } of template.of('AWS::S3::Bucket')) {
    if (properties.VersioningConfiguration) versions.keep(name);
  }
  announceObjects(template, stores, options.faults);
  // What people are told of leads; every other topic is for machines, whoever else may listen.
  for (const { properties } of template.of('AWS::Lambda::Function'))
    alertTopics.add(properties.Environment?.Variables?.['SNS_TOPIC_ARN']);
  for (const queue of stores.sqs.allQueues()) deadLetters.watch(queue);
  secrets.declare(template.of('AWS::SecretsManager::Secret'));
  for (const { ref, properties } of template.of('AWS::SNS::Topic')) {
    if (properties.KmsMasterKeyId) keys.set(ref, properties.KmsMasterKeyId);
  }
  for (const table of [...template.of('AWS::DynamoDB::Table'), ...template.of('AWS::DynamoDB::GlobalTable')])
    await tables.ensure(table);
  await selfTest(server);
  return {
    aws,
    template,
    tables,
    secrets,
    close: () => server.close(),
  };
}

/** Buckets that functions read and that are somebody else's: they are not in the template. */
function lookupBuckets(template: Template): string[] {
  return template
    .of('AWS::Lambda::Function')
    .flatMap(({ properties }) => properties.Environment?.Variables?.['LOOKUP_BUCKET'] ?? []);
}
