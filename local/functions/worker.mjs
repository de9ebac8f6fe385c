// JavaScript, unlike the rest: each thread would load what strips types anew, which takes longer than all else before the bundle.
import { channel } from 'node:diagnostics_channel';
import { pathToFileURL } from 'node:url';
import { parentPort, threadId, workerData } from 'node:worker_threads';

const { bundle, exportName, functionName, callerHeader } = workerData;
/** The access key of this environment, as `environmentOf` reads it. */
const caller = `${functionName}.${threadId}`;
process.env['AWS_ACCESS_KEY_ID'] = caller;

// The stand-ins for vendors must know who calls, and vendors get no access key.
channel('undici:request:create').subscribe(({ request }) => request.addHeader(callerHeader, caller));
channel('http.client.request.created').subscribe(({ request }) => request.setHeader(callerHeader, caller));

// What it writes goes to the log at once, so that nothing is lost when the thread is killed.
const say = (text) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage({ said: typeof text === 'string' ? text : Buffer.from(text).toString() });
  return true;
};
process.stdout.write = say;
process.stderr.write = say;

let loaded;

/** Runs one invocation of the function in this thread: a `Task` in, an `Outcome` out. */
export async function invoke({ event, deadline, context }) {
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

async function load() {
  const module = await import(pathToFileURL(bundle).href);
  const handler = module[exportName];
  if (!handler) throw new Error(`${exportName} is undefined or not exported`);
  return handler;
}

function failureOf(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}
