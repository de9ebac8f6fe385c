import { CommandError } from './command.ts';
import { reach } from './reach.ts';

const reasons: Record<number, string> = {
  401: 'the signature is not accepted: the key of the stage is another one or was replaced a moment ago, or the stage knows itself by another address, which HubSpot signs',
  404: 'there is no such webhook',
  413: 'the delivery is too large',
  429: 'too many requests; send fewer at a time',
  503: 'the stage can not take leads now: a signing key is missing, or S3 does not answer',
};

/** Posts a delivery as its vendor does, and returns the milliseconds until its 200. Throws a sentence for any other answer. */
export async function postDelivery(url: string, body: Buffer, headers: Record<string, string>): Promise<number> {
  const started = performance.now();
  const request = { method: 'POST', headers, body: new Uint8Array(body) };
  const response = await reach(url, request, `${url} does not answer`);
  const text = await response.text();
  if (response.ok) return Math.round(performance.now() - started);
  throw new CommandError(`${url} answered ${response.status}: ${reasons[response.status] ?? text.slice(0, 200)}.`);
}
