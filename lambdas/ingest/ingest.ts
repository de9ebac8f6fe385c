import { Rejected, Unavailable } from '../core/failures.ts';
import type { SigningKey, Source, Tolerance, WebhookRequest } from '../core/source.ts';

/** API Gateway would take ten times as much; no vendor sends more than a part of this. */
export const MAX_BODY = 1024 * 1024;

/** Keys of every tenant; `unusable` where a tenant's is missing or not of its form. */
interface Keys {
  keys: SigningKey[];
  unusable: boolean;
}

export interface IngestPorts {
  now: () => number;
  tolerance: Tolerance;
  schemes?: readonly string[] | undefined;
  /** Every key that may sign for this source. */
  keysOf: (source: Source) => Promise<Keys>;
  /** The same, read anew; nothing when that was done a moment ago. */
  freshKeysOf: (source: Source) => Promise<Keys | undefined>;
  /** Every verify token that a handshake may name, and the same read anew. */
  tokensOf: (source: Source) => Promise<Keys>;
  freshTokensOf: (source: Source) => Promise<Keys | undefined>;
  /** Keeps the bytes under this name unless there are some already. Throws `Unavailable` where it can't. */
  saveRaw: (name: string, body: Buffer, from: { source: string; tenant?: string }) => Promise<'stored' | 'duplicate'>;
}

/** What became of a request that was not refused. */
export type Ingested =
  | { outcome: 'handshake'; reply: string }
  | { outcome: 'stored' | 'duplicate'; reply: string; name: string; tenant?: string };

/** Verify, keep the delivery as it came, answer. What it means is found out later, from what was stored. */
export async function ingest(
  source: Source | undefined,
  request: WebhookRequest,
  ports: IngestPorts,
): Promise<Ingested> {
  if (!source) throw new Rejected(404, 'unknown source');
  if (request.method === 'GET') return shakeHands(source, request, ports);
  if (request.body.length > MAX_BODY) throw new Rejected(413, 'body is larger than 1 MB');
  const signer = await signerOf(source, request, ports);
  // Whose the leads are is for each page or portal to say, where there are any.
  const whose = source.account === undefined ? { tenant: signer.tenant } : {};
  const name = source.nameOf(request.body);
  const outcome = await ports.saveRaw(name, request.body, { source: source.id, ...whose });
  return { outcome, reply: source.reply, name, ...whose };
}

async function shakeHands(source: Source, request: WebhookRequest, ports: IngestPorts): Promise<Ingested> {
  if (!source.handshake) throw new Rejected(404, 'this source has no handshake');
  const known = await ports.tokensOf(source);
  const reply = source.handshake(request, known.keys);
  if (reply !== undefined) return { outcome: 'handshake', reply };
  const fresh = await ports.freshTokensOf(source);
  const freshReply = fresh && source.handshake(request, fresh.keys);
  if (freshReply !== undefined) return { outcome: 'handshake', reply: freshReply };
  if ((fresh ?? known).keys.length === 0) throw new Unavailable('token', 'no verify token is set');
  throw new Rejected(403, 'wrong verify token or challenge');
}

/** A key that was rotated a moment ago is known to the secret store before it is known to us. */
async function signerOf(source: Source, request: WebhookRequest, ports: IngestPorts): Promise<SigningKey> {
  const known = await ports.keysOf(source);
  const held = { now: ports.now(), tolerance: ports.tolerance, schemes: ports.schemes };
  const signer = source.verify(request, known.keys, held);
  if (signer) return signer;
  const fresh = await ports.freshKeysOf(source);
  const freshSigner = fresh && source.verify(request, fresh.keys, held);
  if (freshSigner) return freshSigner;
  if ((fresh ?? known).unusable) throw new Unavailable('key', 'signing key missing or malformed');
  throw new Rejected(401, 'bad signature');
}
