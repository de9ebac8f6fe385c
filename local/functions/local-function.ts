import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { Metrics } from '../alarms/metrics.ts';
import { StartError } from '../start-error.ts';
import type { Resource } from '../template/template.ts';
import { callerHeader } from './access-key.ts';
import { logGroupOf, logStream } from './environment.ts';
import { Slots } from './slots.ts';
import type { Outcome, Task, WorkerData } from './invocation.ts';

/** Small, since there are many threads: it keeps a burst of a thousand leads under a gigabyte. */
const maxYoungGenerationSizeMb = 8;

/** A function threw, ran out of time or died. */
export class FunctionFailed extends Error {}

interface Options {
  fn: Resource<'AWS::Lambda::Function'>;
  variables: Record<string, string>;
  concurrency: number;
  metrics: Metrics;
  /** Takes what the function writes. */
  write(text: string): void;
}

/** A function of the template in worker threads of its own, with nothing of this process's environment. */
export class LocalFunction {
  readonly name: string;
  readonly arn: string;
  readonly #options: Options;
  readonly #pool: Piscina<Task, Outcome>;
  readonly #slots: Slots;

  constructor(options: Options) {
    const { fn, variables, concurrency } = options;
    this.name = fn.name;
    this.arn = fn.arn;
    this.#options = options;
    this.#slots = new Slots(concurrency);
    this.#pool = new Piscina({
      filename: join(import.meta.dirname, 'worker.mjs'),
      name: 'invoke',
      minThreads: 0,
      maxThreads: concurrency,
      concurrentTasksPerWorker: 1,
      idleTimeout: 60_000,
      env: variables,
      execArgv: [],
      workerData: { ...handlerOf(fn), functionName: fn.name, callerHeader } satisfies WorkerData,
      resourceLimits: { maxOldGenerationSizeMb: fn.properties.MemorySize, maxYoungGenerationSizeMb },
    });
    this.#pool.on('message', ({ said }: { said?: string }) => said !== undefined && options.write(said));
    // A thread that dies between two calls, such as by an unhandled rejection, is replaced at the next call.
    this.#pool.on('error', (error: Error) => options.write(`${error.name}: ${error.message}\n`));
  }

  /** Runs the function. Throws `FunctionFailed` where it throws, dies or takes longer than its time-out. */
  async invoke(event: unknown): Promise<unknown> {
    const giveBack = await this.#slots.take();
    const started = Date.now();
    try {
      const outcome = await this.#run(event, started);
      if ('result' in outcome) return outcome.result;
      throw new FunctionFailed(JSON.stringify(outcome.failure));
    } catch (error) {
      this.#count('Errors', 1);
      this.#options.write(`${(error as Error).message}\n`);
      throw error;
    } finally {
      this.#count('Invocations', 1);
      this.#count('Duration', Date.now() - started);
      giveBack();
    }
  }

  async #run(event: unknown, started: number): Promise<Outcome> {
    const { Timeout, MemorySize } = this.#options.fn.properties;
    const context = {
      functionName: this.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: this.arn,
      memoryLimitInMB: String(MemorySize),
      awsRequestId: randomUUID(),
      logGroupName: logGroupOf(this.#options.fn),
      logStreamName: logStream,
      callbackWaitsForEmptyEventLoop: true,
    };
    try {
      const task = { event, deadline: started + Timeout * 1000, context };
      return await this.#pool.run(task, { signal: AbortSignal.timeout(Timeout * 1000) });
    } catch (error) {
      const timedOut = (error as Error).name === 'AbortError';
      const reason = timedOut
        ? `Task timed out after ${Timeout.toFixed(2)} seconds`
        : `Runtime.ExitError: ${(error as Error).message}`;
      throw new FunctionFailed(`${context.awsRequestId} ${reason}`, { cause: error });
    }
  }

  /** Kills one of its threads in the middle of what it does. */
  async kill(threadId: number): Promise<void> {
    await this.#pool.threads.find((thread) => thread.threadId === threadId)?.terminate();
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #count(metric: string, value: number) {
    this.#options.metrics.add('AWS/Lambda', metric, { FunctionName: this.name }, value);
  }
}

function handlerOf({ id, asset = '', properties }: Resource<'AWS::Lambda::Function'>) {
  const [file = '', exportName = ''] = properties.Handler.split('.');
  const bundle = ['.mjs', '.js', '.cjs'].map((ending) => join(asset, file + ending)).find((path) => existsSync(path));
  if (!bundle) throw new StartError(`The code of ${id} is not in the assembly: ${join(asset, file)}.mjs is missing.`);
  return { bundle, exportName };
}
