import { describe, expect, it } from '@jest/globals';
import { CaptureEnv } from '../../lambdas/capture/env.ts';

const minimal = {
  BUCKET_NAME: 'leads',
  TABLE_NAME: 'table',
  OWNER_QUEUE_URL: 'owner',
  CAPTURE_QUEUE_URL: 'capture',
  CAPTURE_DLQ_URL: 'dlq',
  DELAY_SECONDS: '{"close":600}',
  WAIT_FOR: '{"meta":"owner"}',
  FIELDS: '{}',
  TIME_ZONES: '{}',
  ACCOUNT_TOKEN_SECRET_NAME: 't',
  SIGNATURE_SECRET_NAME: 's',
  TIMEOUT_SECONDS: '20',
  CAPTURE_BULK_QUEUE_URL: 'capture-bulk',
  OWNER_BULK_QUEUE_URL: 'owner-bulk',
  ERASE_QUEUE_URL: 'erase',
  CATEGORY_TOPIC_ARN: 'categories',
  MEMBERSHIP: '{}',
  LOST_AFTER_SECONDS: '1200',
  METRICS_NAMESPACE: 'LeadRelay/test',
};

describe('the environment of capture', () => {
  it('has a place for details and a version of the Graph API where nobody says otherwise', () => {
    expect(CaptureEnv.parse(minimal)).toMatchObject({
      DETAILS_PREFIX: 'details/',
      GRAPH_URL: 'https://graph.facebook.com/v26.0',
      HUBSPOT_URL: 'https://api.hubapi.com',
      WAIT_FOR: { meta: 'owner' },
      TIMEOUT_SECONDS: 20,
    });
  });

  it.each([
    ['DELAY_SECONDS', '{"close":901}'],
    ['WAIT_FOR', '{"meta":"user"}'],
    ['GRAPH_URL', 'graph'],
    ['TIMEOUT_SECONDS', '7'],
    ['CAPTURE_DLQ_URL', ''],
  ])('is refused where %s is %j', (name, value) => {
    const { error } = CaptureEnv.safeParse({ ...minimal, [name]: value });
    expect(error?.issues.map(({ path }) => path[0])).toEqual([name]);
  });
});
