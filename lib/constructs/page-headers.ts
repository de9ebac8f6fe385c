import { Aws, Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { DashboardUsers } from './dashboard-users.ts';

/** What browsers are told of each page and file: load from here only, talk to here and to sign-in only, and show it in no frame. */
export class PageHeaders extends ResponseHeadersPolicy {
  constructor(scope: Construct, id: string, { signInUrl }: Pick<DashboardUsers, 'signInUrl'>) {
    super(scope, id, {
      comment: 'Lead Relay: pages of the dashboard',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policyOf(signInUrl), override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          header('Permissions-Policy', UNUSED.map((feature) => `${feature}=()`).join(', ')),
          header('Cross-Origin-Opener-Policy', 'same-origin'),
          header('Cross-Origin-Resource-Policy', 'same-origin'),
        ],
      },
    });
  }
}

/** What of a browser the dashboard never asks for. */
const UNUSED = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

const header = (name: string, value: string) => ({ header: name, value, override: true });

/** No script and no style but from files of ours. A client learns of sign-in at the pool's host and gets its tokens at the other. */
function policyOf(signInUrl: string): string {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': `'self' https://cognito-idp.${Aws.REGION}.amazonaws.com ${signInUrl}`,
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
