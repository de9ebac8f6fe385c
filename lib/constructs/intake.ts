import { LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Source } from '../../lambdas/core/source.ts';
import { sources } from '../../lambdas/sources/registry.ts';
import { Ingest, type IngestProps } from './ingest.ts';
import { WebhookApi } from './webhook-api.ts';

/** Where deliveries come in: the API with one address for each vendor, and `ingest` behind it. */
export class Intake extends Construct {
  readonly webhooks: WebhookApi;
  /** Where vendors post to, without a trailing slash. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    this.webhooks = new WebhookApi(this, 'Webhooks', props);
    const { api, publicUrl } = this.webhooks;
    this.publicUrl = publicUrl;
    const ingest = new Ingest(this, 'Ingest', { ...props, publicUrl });
    const integration = new LambdaIntegration(ingest.handler, { allowTestInvoke: false });
    const webhook = api.root.resourceForPath('/webhooks/{source}');
    webhook.addMethod('GET', integration);
    webhook.addMethod('POST', integration);
    for (const source of Object.values<Source>(sources)) {
      for (const path of source.aliases) {
        const old = api.root.resourceForPath(path);
        if ('handshake' in source) old.addMethod('GET', integration);
        old.addMethod('POST', integration);
      }
    }
  }
}
