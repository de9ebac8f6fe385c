import { channel } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';

// Preloaded into the local run (`--import`): writes down each request that it answered, without changing any.

/** One request as it was served. */
export interface ServedCall {
  method: string;
  url: string;
  /** The access key that signed it, empty where none did. */
  accessKey: string;
  /** Service and operation, where the request says them in a header. */
  target: string;
  status: number;
  body: string;
}

const file = process.env['BENCH_CALLS_FILE'];
const bodies = new WeakMap<IncomingMessage, Buffer[]>();

if (file !== undefined) {
  channel('http.server.request.start').subscribe((message) => {
    const { request } = message as { request: IncomingMessage };
    const chunks: Buffer[] = [];
    bodies.set(request, chunks);
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      if (chunk) chunks.push(chunk);
      return push(chunk, encoding);
    };
  });
  channel('http.server.response.finish').subscribe((message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const call: ServedCall = {
      method: request.method ?? '',
      url: request.url ?? '',
      accessKey: /Credential=([^/,]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '',
      target: String(request.headers['x-amz-target'] ?? ''),
      status: response.statusCode,
      body: Buffer.concat(bodies.get(request) ?? []).toString(),
    };
    appendFileSync(file, `${JSON.stringify(call)}\n`);
  });
}
