import { channel } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { pathToFileURL } from 'node:url';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { accessKeyOf, callerHeader } from './access-key.ts';

/** What a worker is told about the function that it runs. */
export interface WorkerData {
  bundle: string;
  exportName: string;
}

/** One invocation. */
export interface Task {
  event: unknown;
  deadline: number;
  context: object & { functionName: string };
}

/** What a handler threw, in the words of Lambda. */
export interface Failure {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

export type Outcome = { result: unknown } | { failure: Failure };

type Handler = (event: unknown, context: object) => Promise<unknown>;

const { bundle, exportName } = workerData as WorkerData;
const caller = accessKeyOf({ functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '', threadId });
process.env['AWS_ACCESS_KEY_ID'] = caller;

// The stand-ins for vendors must know who calls, and vendors get no access key.
channel('undici:request:create').subscribe((message) => {
  (message as { request: { addHeader(name: string, value: string): void } }).request.addHeader(callerHeader, caller);
});
channel('http.client.request.created').subscribe((message) => {
  (message as { request: ClientRequest }).request.setHeader(callerHeader, caller);
});

// What it writes goes to the log at once, so that nothing is lost when the thread is killed.
const say = (text: string | Uint8Array) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage({ said: typeof text === 'string' ? text : Buffer.from(text).toString() });
  return true;
};
process.stdout.write = say;
process.stderr.write = say;

let loaded: Promise<Handler> | undefined;

/** Runs one invocation of the function in this thread. */
export async function invoke({ event, deadline, context }: Task): Promise<Outcome> {
  try {
    const handler = await (loaded ??= load());
    const result = await handler(event, {
      ...context,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    return { result: result === undefined ? null : JSON.parse(JSON.stringify(result)) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

async function load(): Promise<Handler> {
  const module = (await import(pathToFileURL(bundle).href)) as Record<string, Handler>;
  const handler = module[exportName];
  if (!handler) throw new Error(`${exportName} is undefined or not exported`);
  return handler;
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}
