import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { filledIn, json, readEnv } from '../../lambdas/env.ts';
import { ProcessEnv } from '../../lambdas/process/env.ts';

const before = process.env;
beforeEach(() => void (process.env = {}));
afterEach(() => void (process.env = before));

const minimal = {
  BUCKET_NAME: 'leads',
  TABLE_NAME: '${Token[1]}',
  OWNER_QUEUE_URL: 'q',
  OWNER_DLQ_URL: 'd',
  OWNER_DIRECTORIES: '["lookup"]',
  LOOKUP_BUCKET: 'owners',
  LOOKUP_REGION: 'us-east-1',
  CLOSE_API_SECRET_NAME: 's',
  OWNER_SLACK_IDS: '{}',
  TIME_ZONES: '{}',
  SLACK_SECRET_NAME: 's',
  SNS_TOPIC_ARN: 'arn',
  PACE: '{"slack":1}',
  TIMEOUT_SECONDS: '20',
  OWNER_BULK_QUEUE_URL: 'b',
  CAPTURE_BULK_QUEUE_URL: 'c',
  ACCOUNT_TOKEN_SECRET_NAME: 's',
  MEMBERSHIP: '{}',
  ALERT_FOR: '{}',
  MAX_ALERTS_PER_MINUTE: '{"slack":30}',
  METRICS_NAMESPACE: 'LeadRelay/test',
};

describe('the environment of a function', () => {
  it('is read as what it means, with defaults', () => {
    Object.assign(process.env, minimal);
    expect(readEnv(ProcessEnv)).toMatchObject({
      TARGET_PREFIX: 'target/',
      OWNER_DIRECTORIES: ['lookup'],
      FALLBACK_OWNER: 'Unassigned',
      USE_SLACK: true,
      USE_EMAIL: false,
      SLACK_URL: 'https://hooks.slack.com',
      CLOSE_API_URL: 'https://api.close.com/api/v1',
      PACE: { slack: 1 },
      TIMEOUT_SECONDS: 20,
    });
  });

  it.each([
    ['BUCKET_NAME', ''],
    ['USE_SLACK', 'maybe'],
    ['PACE', '{"slack":0}'],
    ['PACE', '{"slack":'],
    ['TIMEOUT_SECONDS', '7'],
    ['SLACK_URL', 'not a url'],
  ])('says which name is wrong: %s as %j', (name, value) => {
    Object.assign(process.env, minimal, { [name]: value });
    expect(() => readEnv(ProcessEnv)).toThrow(new RegExp(`^environment: ${name}`));
  });

  it('says every name that is missing, and never a value', () => {
    Object.assign(process.env, { A: 'secret-value', B: 'secret-value' });
    const schema = z.object({ A: json(z.array(z.string())), B: z.coerce.number(), C: filledIn, D: filledIn });
    const error = (() => {
      try {
        readEnv(schema);
        return '';
      } catch (thrown) {
        return String(thrown);
      }
    })();
    for (const name of ['A', 'B', 'C', 'D']) expect(error).toContain(`${name} (`);
    expect(error).not.toContain('secret-value');
  });
});
