import { CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from './config.ts';
import { Alarms } from './constructs/alarms.ts';
import { Api } from './constructs/api.ts';
import { DashboardApi } from './constructs/dashboard-api.ts';
import { DashboardUsers } from './constructs/dashboard-users.ts';
import { Export, EXPORT_SECONDS } from './constructs/export.ts';
import { show } from './constructs/outputs.ts';
import { StageQueue } from './constructs/stage-queue.ts';
import { WebSite } from './constructs/web-site.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import { tagsOf } from './tags.ts';

/**
 * What people see of a stage, in the order in which they meet it:
 * users → web site → gateway → api → the table of the pipeline; a list that is too long to wait for → export queue → export.
 */
export class DashboardStack extends Stack {
  constructor(scope: Construct, settings: Settings, { parts }: PipelineStack) {
    super(scope, `LeadRelay-${settings.stage}-dashboard`, {
      description: `Lead Relay, dashboard of stage ${settings.stage}`,
      terminationProtection: true,
      tags: tagsOf(settings),
    });
    // What the dashboard stands on can't be taken away under it.
    CrossStackReferences.of(this).consume(ReferenceStrength.STRONG);
    const { storage, table, secrets, topic, intake } = parts;
    const { webhooks, publicUrl } = intake;
    const alarms = new Alarms(this, 'Alarms', { settings, tell: parts.alarms.topic });

    const users = new DashboardUsers(this, 'Users', settings);
    const gateway = new DashboardApi(this, 'Gateway', { settings, alarms, users, webAcl: webhooks.webAcl });
    const site = new WebSite(this, 'Site', { settings, users, api: gateway, webhooks });
    users.openTo(site.url);

    const exportQueue = new StageQueue(this, 'ExportQueue', {
      settings,
      alarms,
      name: 'export',
      of: 'list',
      delaySeconds: 0,
      timeoutSeconds: EXPORT_SECONDS,
      receives: 5,
    });
    new Export(this, 'Export', { settings, alarms, storage, table, from: exportQueue });
    const api = new Api(this, 'Api', {
      settings,
      alarms,
      storage,
      table,
      secrets,
      topic,
      publicUrl,
      toCapture: parts.captureQueue,
      toCaptureBulk: parts.captureBulk,
      toOwner: parts.ownerQueue,
      toExport: exportQueue,
      toSync: parts.syncQueue,
      toReplay: parts.replayQueue,
    });
    gateway.serve(api);

    show(this, {
      DashboardUrl: site.url,
      DistributionId: site.distribution.distributionId,
      DistributionDomain: site.distribution.distributionDomainName,
      WebBucketName: site.bucket.bucketName,
      UserPoolId: users.userPoolId,
      ClientId: users.clientId,
      Authority: users.authority,
      LogoutUrl: `${users.signInUrl}/logout`,
      DashboardApiUrl: `https://${gateway.host}/${settings.stage}`,
      ExportQueueUrl: exportQueue.queue.queueUrl,
      ExportDeadLettersUrl: exportQueue.deadLetters.queueUrl,
    });
  }
}
