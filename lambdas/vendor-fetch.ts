/** What a vendor's answer may weigh: a lead of Close with all its contacts is far below it. */
const MAX_ANSWER = 256 * 1024;

/** A `fetch` that ends within the deadline (milliseconds), reads no answer beyond so many bytes and follows no redirect, whatever the other side does. */
export const vendorFetch =
  (deadline: number, maxAnswer = MAX_ANSWER): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(deadline) });
    const chunks: Uint8Array[] = [];
    let size = 0;
    // Leaving the loop by an error cancels the body and with it the connection.
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxAnswer) throw new Error('the answer is too large');
      chunks.push(chunk);
    }
    const body = [204, 304].includes(response.status) ? null : Buffer.concat(chunks);
    return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
  };
