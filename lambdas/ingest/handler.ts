import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { refusal, reply, toRequest } from '../aws/http.ts';
import { countTo, logTo, type Metrics } from '../aws/log.ts';
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
const countAt = countTo(env.METRICS_NAMESPACE, Date.now);
const secrets = secretReader(Date.now);
const { keysOf, freshKeysOf } = signingKeys(secrets, {
  tenants: env.TENANTS,
  pattern: env.SIGNATURE_SECRET_NAME,
  formOf: ({ keyForm }) => keyForm,
});
/** A verify token is any text that a person made up. */
const { keysOf: tokensOf, freshKeysOf: freshTokensOf } = signingKeys(secrets, {
  tenants: env.TENANTS,
  pattern: env.VERIFY_TOKEN_SECRET_NAME,
  formOf: () => /^.{1,256}$/,
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
      schemes: env.SIGNATURE_SCHEMES[source?.id ?? ''],
      keysOf,
      freshKeysOf,
      tokensOf,
      freshTokensOf,
      saveRaw: (name, body, whose) => {
        const from = {
          ...whose,
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
    // Counted as of the moment by which it must have been read, where `capture` takes it back: an alarm sees what is left.
    if (done.outcome === 'stored') countAt({ Awaited: 1 }, started + env.LOST_AFTER_SECONDS * 1000);
    log({ ...said, outcome: done.outcome, tenant, ms: Date.now() - started }, metricsOf(done, source));
    return reply(200, done.reply);
  } catch (error) {
    const answer = refusal(error);
    log(
      { ...said, outcome: String(answer.statusCode), reason: reasonOf(error), ms: Date.now() - started },
      failureMetrics(error, source?.signatureHeaders.some((header) => header in request.headers) ? source : undefined),
    );
    return answer;
  }
}

/** `/webhooks/{source}`, or one of the source's own old addresses. */
function sourceOf({ pathParameters, resource }: APIGatewayProxyEvent): Source | undefined {
  const on = Object.values<Source>(sources).filter(({ id }) => env.SOURCES.includes(id));
  return on.find(({ id, aliases }) => pathParameters?.['source'] === id || aliases.includes(resource));
}

/** Of each source by itself: that one verifies says nothing of the other's key. */
const verified = (source: Source | undefined, count: 0 | 1) => ({ [`${source?.id}SignatureVerified`]: count });

function metricsOf({ outcome }: Ingested, source: Source | undefined): Metrics {
  if (outcome === 'handshake') return {};
  // The zero says that something waits for `capture`; the one comes from there.
  return outcome === 'stored'
    ? { ...verified(source, 1), Stored: 1, Captured: 0 }
    : { ...verified(source, 1), Duplicate: 1 };
}

/** What comes without the signature of a source is a stranger, and no reason to doubt a key. */
function failureMetrics(error: unknown, signedFor: Source | undefined): Metrics {
  if (error instanceof Rejected) return error.status === 401 && signedFor ? verified(signedFor, 0) : {};
  if (!(error instanceof Unavailable) || error.part === 'store') return { StoreUnavailable: 1 };
  return error.part === 'key' && signedFor ? { SecretUnusable: 1 } : {};
}

/** The name of an error of AWS says what failed; its message may quote what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof Error ? `: ${error.cause.name}` : '';
  return error instanceof Rejected || error instanceof Unavailable ? `${error.message}${cause}` : error.name;
}
