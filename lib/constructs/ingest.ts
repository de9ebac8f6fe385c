import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { IngestEnv } from '../../lambdas/ingest/env.ts';
import type { Settings } from '../config.ts';
import { prefixes, secretNames } from '../names.ts';
import { lostAfter } from '../patience.ts';
import type { Alarms } from './alarms.ts';
import { counted, highest, metricsNamespace } from './metrics.ts';
import type { Secrets } from './secrets.ts';
import { StepFunction } from './step-function.ts';
import type { Storage } from './storage.ts';

export interface IngestProps {
  readonly settings: Settings;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly secrets: Secrets;
}

/** Verifies a delivery, keeps it, answers. It may put deliveries and read signing keys, nothing else. */
export class Ingest extends StepFunction<typeof IngestEnv> {
  constructor(scope: Construct, id: string, props: IngestProps & { publicUrl: string }) {
    const { settings, alarms, storage, secrets, publicUrl } = props;
    super(scope, id, {
      settings,
      alarms,
      step: 'ingest',
      // API Gateway gives up after 29 s; the step itself answers within 4.
      timeout: Duration.seconds(10),
      impact: 'A delivery was not answered; the vendor sends it again.',
      environment: {
        BUCKET_NAME: storage.bucketName,
        SOURCE_PREFIX: prefixes.source,
        PUBLIC_URL: publicUrl,
        SOURCES: JSON.stringify(settings.sources),
        TENANTS: JSON.stringify(Object.keys(settings.tenants)),
        SIGNATURE_SECRET_NAME: secretNames(settings.stage).signatureKey,
        VERIFY_TOKEN_SECRET_NAME: secretNames(settings.stage).verifyToken,
        TOLERANCE: JSON.stringify(settings.toleranceSeconds),
        SIGNATURE_SCHEMES: JSON.stringify({ hubspot: settings.hubspotSignatures }),
        LOST_AFTER_SECONDS: String(lostAfter(settings)),
        METRICS_NAMESPACE: metricsNamespace(settings.stage),
      },
    });
    storage.grantPutSource(this);
    secrets.grantSignatureKeys(this);
    secrets.grantVerifyTokens(this);
    this.#raiseAlarms(settings, alarms);
  }

  #raiseAlarms({ stage, sources }: Settings, alarms: Alarms) {
    for (const source of sources) {
      alarms.raise({
        runbook: 'no-signature-verifies',
        of: source,
        impact: `Deliveries of ${source} come in and not one of them verifies: the signing key is probably wrong, and new leads are refused.`,
        metric: highest(stage, `${source}SignatureVerified`, Duration.minutes(15)),
        below: 1,
      });
    }
    alarms.raise({
      runbook: 'signing-key-is-unusable',
      impact: 'A signing key is missing or not of its form: deliveries are answered with 503 until it is filled.',
      metric: counted(stage, 'SecretUnusable'),
      atLeast: 1,
    });
    alarms.raise({
      runbook: 'store-is-unavailable',
      impact: 'Deliveries could not be stored and are answered with 503; the vendor sends them again.',
      metric: counted(stage, 'StoreUnavailable'),
      atLeast: 1,
    });
  }
}
