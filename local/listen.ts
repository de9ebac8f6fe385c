import type { FastifyInstance } from 'fastify';
import { StartError } from './start-error.ts';

/** Idle connections outlive the pauses of a function, whose thread is frozen between two calls and would not see them end. */
const keepAliveMs = 3_600_000;

/** Listens on this machine only and returns the address. Throws a sentence where the port, set by `variable`, can't be had. */
export async function listen(
  app: Pick<FastifyInstance, 'listen' | 'server'>,
  port: number,
  variable: string,
): Promise<string> {
  app.server.keepAliveTimeout = keepAliveMs;
  try {
    await app.listen({ port, host: '127.0.0.1' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EADDRINUSE' ? 'is taken' : `can't be used (${code})`;
    throw new StartError(`Port ${port} ${reason}; set ${variable} to another one (0 picks a free one).`, {
      cause: error,
    });
  }
  const address = app.server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;
}
