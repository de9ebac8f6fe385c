import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  FunctionEventType,
  HttpVersion,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { DashboardUsers } from './dashboard-users.ts';
import { PageHeaders } from './page-headers.ts';
import { PageRoutes } from './page-routes.ts';
import type { StageApi } from './stage-api.ts';

interface WebSiteProps {
  readonly settings: Settings;
  readonly users: DashboardUsers;
  readonly api: StageApi;
  readonly webhooks: StageApi;
}

/** The dashboard's address: its files from a bucket that only CloudFront reads, and both APIs beside them, so that all is one origin. */
export class WebSite extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  /** Without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, { settings, users, api, webhooks }: WebSiteProps) {
    super(scope, id);
    const { stage, dashboardDomain } = settings;
    this.bucket = webBucket(this);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Lead Relay, dashboard of ${stage}`,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Few requests, from wherever tenants are: the nearest place costs next to nothing.
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(dashboardDomain && {
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        domainNames: [dashboardDomain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', dashboardDomain.certificateArn),
      }),
      defaultBehavior: {
        // CDK's class and its interface differ in whether a property may be undefined.
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: new PageHeaders(this, 'Headers', users),
        functionAssociations: [
          { eventType: FunctionEventType.VIEWER_REQUEST, function: new PageRoutes(this, 'Routes') },
        ],
      },
      // CloudFront takes the first that matches.
      additionalBehaviors: {
        '/api/meta/webhook': asItIs(originOf(webhooks, stage)),
        '/api/*': asItIs(originOf(api, stage)),
      },
    });
    this.url = `https://${dashboardDomain?.name ?? this.distribution.distributionDomainName}`;
    acknowledgeFindings(this.distribution, dashboardDomain !== undefined);
  }
}

/** What was replaced stays for a while; files with a hash in their name are never replaced. */
function webBucket(scope: Construct): Bucket {
  const bucket = new Bucket(scope, 'Bucket', {
    versioned: true,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'replaced',
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
  });
  acknowledge(
    bucket,
    'S1',
    'It holds what everybody may load who opens the dashboard; who changes it is in CloudTrail.',
  );
  return bucket;
}

const originOf = ({ host }: StageApi, stage: string): IOrigin =>
  new HttpOrigin(host, {
    originPath: `/${stage}`,
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
  });

/** Handed on with everything but the name of the host, by which API Gateway finds the API; nothing of it is kept. */
const asItIs = (origin: IOrigin): BehaviorOptions => ({
  origin,
  allowedMethods: AllowedMethods.ALLOW_ALL,
  viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
});

function acknowledgeFindings(distribution: Distribution, hasCertificate: boolean) {
  acknowledge(distribution, 'CFR1', 'Sales people travel; who is not signed in sees an empty page wherever they are.');
  acknowledge(distribution, 'CFR2', 'The firewall stands before the APIs; what is before it are files for everybody.');
  acknowledge(
    distribution,
    'CFR3',
    'Its log would hold addresses and the codes of sign-ins; the log of the API says who did what.',
  );
  if (!hasCertificate)
    acknowledge(
      distribution,
      'CFR4',
      'The certificate of cloudfront.net comes with its own choice of TLS; the setting dashboardDomain brings TLS 1.2.',
    );
}
