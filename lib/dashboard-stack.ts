import { CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from './config.ts';
import { Alarms } from './constructs/alarms.ts';
import { Api } from './constructs/api.ts';
import { DashboardApi } from './constructs/dashboard-api.ts';
import { DashboardUsers } from './constructs/dashboard-users.ts';
import { show } from './constructs/outputs.ts';
import { WebSite } from './constructs/web-site.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import { tagsOf } from './tags.ts';

/**
 * What people see of a stage, in the order in which they meet it:
 * users → web site (CloudFront, files) → dashboard API → api → the table of the pipeline.
 */
export class DashboardStack extends Stack {
  constructor(scope: Construct, settings: Settings, pipeline: PipelineStack) {
    super(scope, `LeadRelay-${settings.stage}-dashboard`, {
      description: `Lead Relay, dashboard of stage ${settings.stage}`,
      terminationProtection: true,
      tags: tagsOf(settings),
    });
    // What the dashboard stands on can't be taken away under it.
    CrossStackReferences.of(this).consume(ReferenceStrength.STRONG);
    const { table, webhooks, ownerQueue } = pipeline;
    const alarms = new Alarms(this, 'Alarms', { settings, tell: pipeline.alarms.topic });

    const users = new DashboardUsers(this, 'Users', settings);
    const gateway = new DashboardApi(this, 'Gateway', { settings, alarms, users, webAcl: webhooks.webAcl });
    const site = new WebSite(this, 'Site', { settings, users, api: gateway, webhooks });
    users.openTo(site.url);
    gateway.serve(new Api(this, 'Api', { settings, alarms, table, toOwner: ownerQueue }));

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
    });
  }
}
