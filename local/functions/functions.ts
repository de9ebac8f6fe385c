import { availableParallelism } from 'node:os';
import type { Metrics } from '../alarms/metrics.ts';
import { permissionsOf, type Allowed } from '../permissions.ts';
import type { Stores } from '../cloud/stores.ts';
import { arn } from '../template/resource-type.ts';
import type { Resource, Template } from '../template/template.ts';
import type { Environment } from './access-key.ts';
import { environmentVariables, logGroupOf, logStream, type Addresses } from './environment.ts';
import { concurrencyOf, missingFor, poll } from './event-sources.ts';
import type { FunctionLog } from './function-log.ts';
import { LocalFunction } from './local-function.ts';

/** More threads of one function than this only get in each other's way: all of their work is done by these cores, and each thread loads the bundle anew. */
const mostThreads = Math.max(2, availableParallelism());

interface Running {
  fn: LocalFunction;
  allowed: Allowed;
}

/** The functions of the template and the pollers that feed them. */
export class Functions {
  readonly #running = new Map<string, Running>();
  readonly #polls: Promise<void>[] = [];
  readonly #stopping = new AbortController();

  /** What a function may do; nothing for a name that is no function's. */
  allowedFor(functionName: string): Allowed | undefined {
    return this.#running.get(functionName)?.allowed;
  }

  byArn(functionArn: string): LocalFunction | undefined {
    return [...this.#running.values()].find(({ fn }) => fn.arn === functionArn)?.fn;
  }

  async kill({ functionName, threadId }: Environment): Promise<void> {
    await this.#running.get(functionName)?.fn.kill(threadId);
  }

  /** Starts the functions. What the roles lack so that something stays silent is told to `warn`. */
  start(
    template: Template,
    addresses: Addresses,
    metrics: Metrics,
    log: FunctionLog,
    warn: (sentence: string) => void,
  ) {
    for (const fn of template.of('AWS::Lambda::Function')) {
      const allowed = permissionsOf(fn, template);
      const missing = missingForLog(fn, allowed);
      if (missing) warn(`${fn.name} may not ${missing} for its log: what it writes is lost.`);
      const write = missing ? () => {} : (text: string) => log.write(fn.name, text);
      const concurrency = Math.min(concurrencyFor(fn, template), mostThreads);
      const variables = environmentVariables(fn, addresses);
      this.#running.set(fn.name, { allowed, fn: new LocalFunction({ fn, variables, concurrency, metrics, write }) });
    }
  }

  /** Starts the pollers of the queues. */
  poll(template: Template, stores: Stores, warn: (sentence: string) => void) {
    for (const mapping of template.of('AWS::Lambda::EventSourceMapping')) {
      const running = [...this.#running.values()].find(({ fn }) =>
        [fn.name, fn.arn].includes(mapping.properties.FunctionName),
      );
      if (!running || !mapping.properties.Enabled) continue;
      const missing = missingFor(mapping, running.allowed);
      if (missing) warn(`${running.fn.name} may not ${missing} on its queue: nothing is delivered to it.`);
      else this.#polls.push(poll(mapping, running.fn, stores, this.#stopping.signal));
    }
  }

  /** Lets what runs come to its end, for a while, and ends the threads. */
  async close(patienceMs: number): Promise<void> {
    this.#stopping.abort();
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, patienceMs);
    await Promise.race([Promise.all(this.#polls), patience.promise]);
    clearTimeout(timer);
    await Promise.all([...this.#running.values()].map(({ fn }) => fn.close()));
  }
}

/** As many environments as its queues may use at once, or as are reserved for it. */
function concurrencyFor(
  { name, arn: functionArn, properties }: Resource<'AWS::Lambda::Function'>,
  template: Template,
): number {
  if (properties.ReservedConcurrentExecutions) return properties.ReservedConcurrentExecutions;
  const mappings = template.of('AWS::Lambda::EventSourceMapping');
  const own = mappings.filter((mapping) => [name, functionArn].includes(mapping.properties.FunctionName));
  return own.length > 0 ? own.reduce((sum, mapping) => sum + concurrencyOf(mapping), 0) : Infinity;
}

function missingForLog(fn: Resource<'AWS::Lambda::Function'>, allowed: Allowed): string | undefined {
  const stream = arn('logs', `log-group:${logGroupOf(fn)}:log-stream:${logStream}`);
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].find((action) => !allowed(action, stream));
}
