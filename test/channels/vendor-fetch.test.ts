import { expect, it } from '@jest/globals';
import { vendorFetch } from '../../lambdas/vendor-fetch.ts';
import { serve } from '../fixtures/http-server.ts';

it('gives the answer with its status, headers and body', async () => {
  const url = await serve((request, response) => {
    response.writeHead(429, 'Slow down', { 'retry-after': '3', 'x-method': request.method });
    response.end('rate_limited');
  });
  const response = await vendorFetch(5000)(url, { method: 'POST', body: '{}' });
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('3');
  expect(response.headers.get('x-method')).toBe('POST');
  expect(await response.text()).toBe('rate_limited');
});

it('gives an answer without a body', async () => {
  const url = await serve((_, response) => void response.writeHead(204).end());
  expect((await vendorFetch(5000)(url)).status).toBe(204);
});

it('ends at the deadline where nobody answers', async () => {
  const url = await serve(() => {});
  const started = performance.now();
  await expect(vendorFetch(150)(url)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(performance.now() - started).toBeLessThan(2000);
});

it('ends at the deadline where the answer only drips', async () => {
  const url = await serve((_, response) => {
    const drip = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(drip));
  });
  await expect(vendorFetch(200)(url)).rejects.toMatchObject({ name: 'TimeoutError' });
});

it('reads no endless answer, and hangs up on it', async () => {
  let sent = 0;
  const hungUp = Promise.withResolvers<void>();
  const url = await serve((_, response) => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const more = () => {
      while (sent < 50 * 1024 * 1024 && !response.destroyed) {
        sent += piece.length;
        if (!response.write(piece)) return;
      }
      response.end();
    };
    response.on('drain', more).on('close', () => hungUp.resolve());
    more();
  });
  await expect(vendorFetch(5000)(url)).rejects.toThrow('the answer is too large');
  await hungUp.promise;
  expect(sent).toBeLessThan(20 * 1024 * 1024);
});

it('follows no redirect', async () => {
  let called = 0;
  const url = await serve((_, response) => {
    called += 1;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await expect(vendorFetch(5000)(url)).rejects.toThrow('fetch failed');
  expect(called).toBe(1);
});

it('says no address in its error', async () => {
  const url = await serve((_, response) => void response.destroy());
  await expect(vendorFetch(5000)(`${url}/services/secret-part`)).rejects.toMatchObject({
    message: expect.not.stringContaining('secret-part'),
  });
});

it('reads as much as it is told to, and no more', async () => {
  const url = await serve((_, response) => response.end('x'.repeat(1000)));
  expect(await (await vendorFetch(5000, 1000)(url)).text()).toHaveLength(1000);
  await expect(vendorFetch(5000, 999)(url)).rejects.toThrow('the answer is too large');
});
