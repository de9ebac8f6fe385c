import { expect, it } from '@jest/globals';
import { synthDashboard, type View } from './synth.ts';

/** All inline policies of a role (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const MOST_CHARACTERS = 10_240;

const stage = 'stage-of-longest-nam';
const tenantIds = Array.from({ length: 20 }, (_, n) => `tenant-of-a-very-long-name-${1000 + n}`);
const tenants = Object.fromEntries(tenantIds.map((id) => [id, {}]));
const { pipeline, ...dashboard } = synthDashboard(stage, { stages: { [stage]: { tenants } } });
const { resources } = pipeline;

/** What CloudFormation fills in, where it is longest. */
function filledIn(logicalId: string): string {
  const place = 'us-gov-central-1:123456789012';
  const resource = resources[logicalId];
  if (resource?.Type === 'AWS::SecretsManager::Secret')
    return `arn:aws-us-gov:secretsmanager:${place}:secret:${String(resource.Properties['Name'])}-AbCdEf`;
  return logicalId.startsWith('AWS::') ? 'us-gov-central-1' : `arn:aws-us-gov:logs:${place}:${'n'.repeat(100)}`;
}

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
    'Fn::ImportValue': imported,
  } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return filledIn(Ref);
  if (imported !== undefined) return filledIn('');
  if (Array.isArray(attribute)) return filledIn(String(attribute[0]));
  if (Array.isArray(join)) return (resolved(join[1]) as string[]).join(String(join[0]));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one)]));
}

it('the names are as long as they may be', () => {
  expect(stage).toHaveLength(20);
  for (const id of tenantIds) expect(id).toHaveLength(31);
});

const policyOf = (name: string, { ofType }: Pick<View, 'ofType'> = pipeline) =>
  JSON.stringify(resolved(ofType('AWS::IAM::Policy')[name]?.Properties['PolicyDocument']));

it('as many tenants as there may be, with the longest names, fit into the policy of process', () => {
  const policy = policyOf('ProcessRoleDefaultPolicy');
  for (const id of tenantIds) expect(policy).toContain(id);
  expect(policy.length).toBeLessThan(MOST_CHARACTERS);
});

it.each([
  'IntakeIngestRoleDefaultPolicy',
  'CaptureRoleDefaultPolicy',
  'EraseRoleDefaultPolicy',
  'DoctorRoleDefaultPolicy',
])('no tenant makes %s longer', (name) => {
  const policy = policyOf(name);
  expect(policy).not.toContain('tenant-of-a-very-long-name');
  expect(policy.length).toBeGreaterThan(500);
  expect(policy.length).toBeLessThan(MOST_CHARACTERS / 2);
});

it.each(['ApiRoleDefaultPolicy', 'ExportRoleDefaultPolicy'])('no tenant makes %s longer', (name) => {
  const policy = policyOf(name, dashboard);
  expect(policy).not.toContain('tenant-of-a-very-long-name');
  expect(policy.length).toBeGreaterThan(500);
  expect(policy.length).toBeLessThan(MOST_CHARACTERS);
});

it('CDK moves nothing into policies of their own, which the local run would not know', () => {
  const all = [...Object.values(resources), ...Object.values(dashboard.resources)];
  expect(all.filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy')).toEqual([]);
});
