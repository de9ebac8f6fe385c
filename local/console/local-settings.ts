import type { Secrets } from '../cloud/secrets.ts';
import type { Template } from '../template/template.ts';
import type { Seeds } from './seeds.ts';

/** What people and tests need to know to send leads and to look at what became of them. Keys are those in force. */
export function localSettings(template: Template, seeds: Seeds, secrets: Secrets, publicUrl: string) {
  const inForce = (tenant: string, kind: string, seed: string) =>
    secrets.current(secrets.names.find((name) => name.endsWith(`/${tenant}/${kind}`)) ?? '') ?? seed;
  const tenants = Object.entries(seeds.tenants).map(([tenant, { closeKey, metaPages, hubspotPortals, people }]) => ({
    tenant,
    closeKey: inForce(tenant, 'close-signature-key', closeKey),
    metaPages,
    hubspotPortals,
    users: people.map(({ email }) => email),
  }));
  const { tenant: first = '', closeKey: signatureKey = '' } = tenants[0] ?? {};
  const meta = {
    appSecret: inForce(first, 'meta-signature-key', seeds.meta.appSecret),
    verifyToken: inForce(first, 'meta-verify-token', seeds.meta.verifyToken),
  };
  const hubspot = { clientSecret: inForce(first, 'hubspot-signature-key', seeds.hubspot.clientSecret) };
  return {
    publicUrl,
    bucket: variable(template, 'BUCKET_NAME') ?? template.of('AWS::S3::Bucket')[0]?.name ?? '',
    lookupBucket: variable(template, 'LOOKUP_BUCKET') ?? '',
    table: tableOf(template),
    secrets: { close: { signatureKey }, meta, hubspot },
    tenants,
  };
}

export const tableOf = (template: Template): string =>
  [...template.of('AWS::DynamoDB::Table'), ...template.of('AWS::DynamoDB::GlobalTable')][0]?.name ?? '';

/** What the functions call a resource: the value of a variable in the first function that has it. */
function variable(template: Template, name: string): string | undefined {
  const functions = template.of('AWS::Lambda::Function');
  return functions
    .map(({ properties }) => properties.Environment?.Variables?.[name])
    .find((value) => value !== undefined);
}
