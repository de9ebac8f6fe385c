import { describe, expect, it } from '@jest/globals';
import { AwsSolutionsChecks } from 'cdk-nag';
import { synthDashboard } from './synth.ts';

/** What cdk-nag finds in both stacks of a stage, as `rule construct`. */
function findings(stage: string, settings = {}): string[] {
  const { app } = synthDashboard(stage, settings);
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath ?? ''}`),
  );
}

describe('the AwsSolutions rules of cdk-nag', () => {
  it.each(['dev', 'prod', 'local'])('find nothing open in %s', (stage) => {
    expect(findings(stage)).toEqual([]);
  });

  it('find nothing open whatever the settings are', () => {
    expect(findings('dev', { sources: ['close'] })).toEqual([]);
    expect(findings('dev', { sources: ['meta'] })).toEqual([]);
    expect(findings('dev', { sources: ['hubspot'] })).toEqual([]);
    const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1a2b';
    const dashboardDomain = { name: 'leads.example.org', certificateArn };
    expect(findings('dev', { mfa: 'optional', dashboardDomain })).toEqual([]);
    expect(findings('dev', { lookupBucket: 'our-lead-owners', tenants: { a: {}, b: {}, c: {} }, waf: false })).toEqual(
      [],
    );
  });
});
