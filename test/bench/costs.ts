import type { Assembly } from './assembly.ts';
import type { LeadUse } from './calls.ts';
import { assumed, price } from './prices.ts';
import { report, rounded } from './report.ts';

const MILLION = 1_000_000;
/** For each lead S3 puts one message, and Lambda receives and deletes one of each queue. */
const QUEUE_CALLS_BESIDE_OURS = 5;
const GB = 2 ** 30;

/** What 1,000,000 leads cost, and what a stage without leads costs in a month, by the list prices of docs/costs.md. */
export function costs({ resources }: Assembly, use: LeadUse): void {
  const perMillion = sumUp(leadCosts(use), MILLION);
  const email = sumUp(emailCosts(use), MILLION);
  const busy = {
    custom_metrics: metricsIn(resources) * price('custom-metric-month'),
    secrets: assumed('secret-reads-month') * price('secrets-manager-call'),
  };
  report('cost_per_million_leads', {
    usd: perMillion.total,
    ...perMillion.parts,
    with_email: rounded(perMillion.total + email.total),
    month_with_leads: sumUp(busy),
  });
  const idle = sumUp(idleCosts(resources));
  report('cost_idle_month', { usd: idle.total, ...idle.parts });
}

/** What one lead costs, by part, with Slack as the only channel but for two writes to the table. */
function leadCosts({ calls, reads, writeUnits, logBytes, logLines }: LeadUse): Record<string, number> {
  const ours = (what: RegExp) => timesOf(calls, what);
  const steps = ['ingest', 'capture', 'process'];
  const seconds = steps.reduce((sum, step) => sum + assumed(`${step}-ms`), 0) / 1000;
  const bytes =
    logBytes +
    logLines * assumed('log-line-overhead') +
    steps.length * assumed('lambda-log-bytes') +
    assumed('access-log-bytes');
  return {
    api_gateway: price('api-gateway-request'),
    waf: price('waf-request'),
    lambda: steps.length * price('lambda-request') + seconds * (512 / 1024) * price('lambda-gb-second'),
    s3: ours(/s3 PutObject/) * price('s3-put') + ours(/s3 GetObject/) * price('s3-get'),
    sns: ours(/capture sns Publish/) * price('sns-publish'),
    sqs: (ours(/sqs/) + QUEUE_CALLS_BESIDE_OURS) * price('sqs-request'),
    dynamodb: writeUnits * price('dynamodb-write-unit') + reads * price('dynamodb-read-unit'),
    logs: (bytes / GB) * price('logs-gb'),
  };
}

/** What e-mail adds. */
const emailCosts = ({ calls }: LeadUse): Record<string, number> => ({
  sns:
    timesOf(calls, /process sns Publish/) * (price('sns-publish') + assumed('email-subscribers') * price('sns-email')),
});

const timesOf = (calls: Record<string, number>, what: RegExp) =>
  Object.entries(calls)
    .filter(([name]) => what.test(name))
    .reduce((sum, [, times]) => sum + times, 0);

function idleCosts(resources: Assembly['resources']): Record<string, number> {
  const each = (type: string, name: string) => resources.filter(({ Type }) => Type === type).length * price(name);
  const acls = resources.filter(({ Type }) => Type === 'AWS::WAFv2::WebACL');
  const rules = acls.reduce((sum, { Properties }) => sum + (Properties['Rules'] as unknown[]).length, 0);
  const polled = resources.filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping').length;
  return {
    waf: acls.length * price('waf-acl-month') + rules * price('waf-rule-month'),
    dashboard: each('AWS::CloudWatch::Dashboard', 'dashboard-month'),
    alarms: each('AWS::CloudWatch::Alarm', 'alarm-month'),
    secrets: each('AWS::SecretsManager::Secret', 'secret-month'),
    kms: each('AWS::KMS::Key', 'kms-key-month'),
    sqs: polled * assumed('poller-calls-month') * price('sqs-request'),
  };
}

/** The metrics that the functions send themselves, as far as alarms and dashboard know them. */
function metricsIn(resources: Assembly['resources']): number {
  const text = JSON.stringify(resources).replaceAll('\\"', '"');
  const inAlarms = [...text.matchAll(/"MetricName":"(\w+)","Namespace":"LeadRelay\//g)];
  const onDashboard = [...text.matchAll(/"LeadRelay\/\w+","(\w+)"/g)];
  return new Set([...inAlarms, ...onDashboard].map(([, name]) => name)).size;
}

function sumUp(parts: Record<string, number>, times = 1) {
  const scaled = Object.entries(parts).map(([name, usd]): [string, number] => [name, rounded(usd * times)]);
  return { total: rounded(scaled.reduce((sum, [, usd]) => sum + usd, 0)), parts: Object.fromEntries(scaled) };
}
