import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { refusal, reply, toRequest } from '../aws/http.ts';
import { logTo, type Metrics } from '../aws/log.ts';
import { saveRaw } from '../aws/raw-store.ts';
import { secretReader } from '../aws/secrets.ts';
import { signingKeys } from '../aws/signing-keys.ts';
import { Rejected, Unavailable } from '../core/failures.ts';
import type { Source } from '../core/source.ts';
import { readEnv } from '../env.ts';
import { sources } from '../sources/registry.ts';
import { IngestEnv } from './env.ts';
import { ingest, type Ingested } from './ingest.ts';

/** From the first byte to a 503; vendors give up after 5 s. */
const ANSWER_WITHIN = 3500;
/** For a source whose tolerance nobody set, in seconds. */
const TOLERANCE = { past: 300, future: 300 };

const env = readEnv(IngestEnv);
const log = logTo(env.METRICS_NAMESPACE, Date.now);
const { keysOf, freshKeysOf } = signingKeys(secretReader(Date.now), {
  tenants: env.TENANTS,
  pattern: env.SIGNATURE_SECRET_NAME,
});

export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const started = Date.now();
  const correlationId = event.requestContext.requestId;
  const source = sourceOf(event);
  const request = toRequest(event, env.PUBLIC_URL);
  const said = { step: 'ingest', source: source?.id, correlation_id: correlationId } as const;
  try {
    const done = await ingest(source, request, {
      now: Date.now,
      tolerance: env.TOLERANCE[source?.id ?? ''] ?? TOLERANCE,
      keysOf,
      freshKeysOf,
      saveRaw: (name, body, { source: sourceId, tenant }) => {
        const from = {
          source: sourceId,
          tenant,
          receivedAt: new Date(started).toISOString(),
          origin: 'webhook',
          correlationId,
        } as const;
        const key = `${env.SOURCE_PREFIX}${name}`;
        return saveRaw(
          { bucket: env.BUCKET_NAME, key, body, from },
          AbortSignal.timeout(Math.max(0, started + ANSWER_WITHIN - Date.now())),
        );
      },
    });
    const tenant = 'tenant' in done ? done.tenant : undefined;
    log({ ...said, outcome: done.outcome, tenant, ms: Date.now() - started }, metricsOf(done));
    return reply(200, done.reply);
  } catch (error) {
    const answer = refusal(error);
    log(
      { ...said, outcome: String(answer.statusCode), reason: reasonOf(error), ms: Date.now() - started },
      failureMetrics(error, source !== undefined && source.signatureHeader in request.headers),
    );
    return answer;
  }
}

/** `/webhooks/{source}`, or one of the source's own old addresses. */
function sourceOf({ pathParameters, resource }: APIGatewayProxyEvent): Source | undefined {
  const on = Object.values<Source>(sources).filter(({ id }) => env.SOURCES.includes(id));
  return on.find(({ id, aliases }) => pathParameters?.['source'] === id || aliases.includes(resource));
}

function metricsOf({ outcome }: Ingested): Metrics {
  if (outcome === 'handshake') return {};
  // The zero says that something waits for `capture`; the one comes from there.
  return outcome === 'stored'
    ? { SignatureVerified: 1, Stored: 1, Captured: 0 }
    : { SignatureVerified: 1, Duplicate: 1 };
}

/** What comes without a signature at all is a stranger, and no reason to doubt the key. */
function failureMetrics(error: unknown, hasSignature: boolean): Metrics {
  if (error instanceof Rejected) return error.status === 401 && hasSignature ? { SignatureVerified: 0 } : {};
  return error instanceof Unavailable && error.part === 'key' ? { SecretUnusable: 1 } : { StoreUnavailable: 1 };
}

/** The name of an error of AWS says what failed; its message may quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof Error ? `: ${error.cause.name}` : '';
  return error instanceof Rejected || error instanceof Unavailable ? `${error.message}${cause}` : error.name;
}
