import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { editAssembly, type EditableTemplate } from './assembly.ts';
import { type Console, consoleAt, type LocalSettings } from './console.ts';

export interface LocalOptions {
  /** Variables of `npm start`; the ports are free ones unless said otherwise. */
  env?: Record<string, string>;
  /** Changes the template before it is loaded. */
  edit?: (template: EditableTemplate) => void;
  /** A folder that outlives the run, for restarts; without it the data is deleted when the run stops. */
  dataDir?: string;
  /** A cloud assembly to load instead of the one that the tests share. */
  assembly?: string;
}

/** The local run as a child process, what its console says, and clients with the operator's key. */
export interface LocalRun extends Console, AsyncDisposable {
  url: string;
  aws: string;
  settings: LocalSettings;
  dataDir: string;
  s3: S3Client;
  sqs: SQSClient;
  sns: SNSClient;
  dynamodb: DynamoDBClient;
  secrets: SecretsManagerClient;
  /** Posts to the deployed API. */
  post(path: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<Response>;
  /** Everything that the process printed so far. */
  logs(): string;
  /** Everything that the functions wrote so far. */
  functionLog(): string;
  /** Ends the process with a signal and waits for its end; the data stays. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Stops the run as a person would, and deletes the data unless its folder was given. */
  stop(): Promise<void>;
}

/** A fresh folder for the data of a run. */
export const newDataDir = () => mkdtempSync(join(tmpdir(), 'lead-relay-data-'));

/** Starts the local run on free ports and waits until it is ready. Throws what it printed where it never gets there. */
export async function startLocal(options: LocalOptions = {}): Promise<LocalRun> {
  const dataDir = options.dataDir ?? newDataDir();
  const { child, logs, ended } = startProcess(options, dataDir);
  const { url, aws } = await ready(logs, ended);
  const config = {
    endpoint: aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  };
  const clients = {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    dynamodb: new DynamoDBClient(config),
    secrets: new SecretsManagerClient(config),
  };
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
    for (const client of Object.values(clients)) client.destroy();
  };
  const stop = async () => {
    await kill('SIGTERM');
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
  };
  const console = consoleAt(url);
  return {
    ...console,
    ...clients,
    url,
    aws,
    dataDir,
    settings: await console.readSettings(),
    post: (path, body, headers = {}) => fetch(`${url}${path}`, { method: 'POST', body: Buffer.from(body), headers }),
    logs,
    functionLog: () => read(join(dataDir, 'functions.log')),
    kill,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Starts the process without waiting until it is ready: for tests of how it fails. */
export function startProcess(
  { env = {}, edit, assembly = process.env['CDK_OUT'] ?? '' }: LocalOptions,
  dataDir: string,
) {
  const cdkOut = edit ? editAssembly(assembly, mkdtempSync(join(tmpdir(), 'lead-relay-edited-')), edit) : assembly;
  const child = spawn(process.execPath, ['local/start.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PORT: '0',
      AWS_PORT: '0',
      DATA_DIR: dataDir,
      CDK_OUT: cdkOut,
      DASHBOARD_DIST: process.env['DASHBOARD_DIST'],
      ...env,
    },
    // The channel ends with this process, however it ends, and the run with the channel.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  child.stdout?.on('data', (chunk) => (text += chunk));
  child.stderr?.on('data', (chunk) => (text += chunk));
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.once('close', (code) => {
    if (edit) rmSync(cdkOut, { recursive: true, force: true });
    resolve(code);
  });
  return { child, logs: () => text, ended };
}

async function ready(logs: () => string, ended: Promise<number | null>): Promise<{ url: string; aws: string }> {
  const end = ended.then(() => 'ended' as const);
  while ((await Promise.race([end, wait(20)])) !== 'ended') {
    const line = /^ready (\{.*\})$/m.exec(logs())?.[1];
    if (line) return JSON.parse(line) as { url: string; aws: string };
  }
  throw new Error(`the local run did not get ready: ${logs()}`);
}

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
