import type { FastifyInstance } from 'fastify';
import { StartError } from '../start-error.ts';

/** Proves that a put which must not overwrite does not: what we added to fauxqs may fall off with a new version of it. */
export async function selfTest(app: Pick<FastifyInstance, 'inject'>): Promise<void> {
  const put = () =>
    app.inject({ method: 'PUT', url: '/local-self-test/object', headers: { 'if-none-match': '*' }, payload: 'x' });
  await app.inject({ method: 'PUT', url: '/local-self-test' });
  const [first, second] = [await put(), await put()];
  await app.inject({ method: 'DELETE', url: '/local-self-test/object' });
  await app.inject({ method: 'DELETE', url: '/local-self-test' });
  if (first.statusCode === 200 && second.statusCode === 412) return;
  throw new StartError(
    `The embedded S3 overwrites objects that it must not: it answered ${first.statusCode}, then ${second.statusCode}.`,
  );
}
