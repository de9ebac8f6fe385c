import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The least that can answer a webhook on this machine: reads the body and says 200. */
const server = `
  const answer = (request, response) => request.resume().on('end', () => response.end('received'));
  const listening = require('node:http').createServer(answer).listen(0, '127.0.0.1', () => console.log(listening.address().port));
`;

/** Starts the floor as a process of its own, as the local run is one. */
export async function startFloor(): Promise<AsyncDisposable & { url: string }> {
  const child = spawn(process.execPath, ['--eval', server], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `http://127.0.0.1:${Number(port.toString())}`,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, 'close');
    },
  };
}
