import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditableTemplate } from '../e2e/assembly.ts';
import { type LocalRun, newDataDir } from '../e2e/local-run.ts';
import { addSources, propertiesOf, startFixture } from './fixture.ts';

const edit = (template: EditableTemplate) => addSources(template, ['north', 'south', 'acme']);
const pageOf = ({ settings }: LocalRun, tenant: string) =>
  settings.tenants.find((one) => one.tenant === tenant)?.metaPages[0] ?? '';
const portalOf = ({ settings }: LocalRun, tenant: string) =>
  settings.tenants.find((one) => one.tenant === tenant)?.hubspotPortals[0] ?? '';
const keyOf = (id: string, source = 'meta') => ({ PK: { S: `none#ACCOUNT#${source}#${id}` }, SK: { S: 'ACCOUNT' } });
const rowOf = async (run: LocalRun, id: string, source?: string) =>
  (await run.dynamodb.send(new GetItemCommand({ TableName: 'Fixture-Table', Key: keyOf(id, source) }))).Item;
const valueOf = async (run: LocalRun, SecretId: string) =>
  (await run.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
const tokenOf = (run: LocalRun, tenant: string) => valueOf(run, `fixture/${tenant}/meta-token-${pageOf(run, tenant)}`);
const portalToken = (run: LocalRun, tenant: string) =>
  valueOf(run, `fixture/${tenant}/hubspot-token-${portalOf(run, tenant)}`);

it('gives each tenant a Meta page with a token, a user and a country, and fills the secrets of the app', async () => {
  await using run = await startFixture({ edit });
  const page = pageOf(run, 'north');
  expect(await rowOf(run, page)).toEqual({
    ...keyOf(page),
    GSI1PK: { S: 'north#ACCOUNTS' },
    GSI1SK: { S: `meta#${page}` },
    tenant: { S: 'north' },
    source: { S: 'meta' },
    id: { S: page },
    name: { S: 'North page' },
    owner: { S: expect.any(String) },
    country: { S: 'DE' },
    connectedAt: { S: expect.stringMatching(/Z$/) },
    changedAt: { S: expect.stringMatching(/Z$/) },
    v: { N: '1' },
  });
  expect(await rowOf(run, pageOf(run, 'south'))).toMatchObject({ tenant: { S: 'south' }, country: { S: 'CL' } });
  const { country, ...others } = (await rowOf(run, pageOf(run, 'acme'))) ?? {};
  expect([country, others['name']]).toEqual([undefined, { S: 'Acme page' }]);
  const tokens = await Promise.all(['north', 'south', 'acme'].map((tenant) => tokenOf(run, tenant)));
  expect(tokens).toEqual(tokens.map(() => expect.stringMatching(/^EAA[A-Za-z0-9]{40}$/)));
  expect(new Set(tokens).size).toBe(3);

  const { appSecret, verifyToken } = run.settings.secrets.meta;
  expect([
    await valueOf(run, 'fixture/south/meta-signature-key'),
    await valueOf(run, 'fixture/south/meta-verify-token'),
  ]).toEqual([appSecret, verifyToken]);
  const SecretId = 'fixture/north/meta-verify-token';
  await run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'another' }));
  const { tenants, secrets } = await run.readSettings();
  const first = tenants[0]?.tenant === 'north' ? 'another' : verifyToken;
  expect(secrets.meta).toEqual({ appSecret, verifyToken: first });
});

it('gives each tenant a HubSpot portal with a token and a country, and fills the secret of the app', async () => {
  await using run = await startFixture({ edit });
  const portal = portalOf(run, 'north');
  expect(await rowOf(run, portal, 'hubspot')).toEqual({
    ...keyOf(portal, 'hubspot'),
    GSI1PK: { S: 'north#ACCOUNTS' },
    GSI1SK: { S: `hubspot#${portal}` },
    tenant: { S: 'north' },
    source: { S: 'hubspot' },
    id: { S: portal },
    name: { S: 'North portal' },
    country: { S: 'DE' },
    connectedAt: { S: expect.stringMatching(/Z$/) },
    changedAt: { S: expect.stringMatching(/Z$/) },
    v: { N: '1' },
  });
  const tokens = await Promise.all(['north', 'south', 'acme'].map((tenant) => portalToken(run, tenant)));
  expect(tokens).toEqual(tokens.map(() => expect.stringMatching(/^pat-na1-[0-9a-f-]{36}$/)));
  expect(new Set(tokens).size).toBe(3);

  expect(await valueOf(run, 'fixture/south/hubspot-signature-key')).toBe(run.settings.secrets.hubspot.clientSecret);
  const [first] = run.settings.tenants;
  const SecretId = `fixture/${first?.tenant}/hubspot-signature-key`;
  await run.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'another' }));
  expect((await run.readSettings()).secrets.hubspot).toEqual({ clientSecret: 'another' });
});

it('does so once: what an operator removed stays so, and a folder of an earlier release gets its pages and portals', async () => {
  const dataDir = newDataDir();
  const before = await startFixture({ edit, dataDir });
  const [page, token] = [pageOf(before, 'north'), await tokenOf(before, 'south')];
  await before.dynamodb.send(new DeleteItemCommand({ TableName: 'Fixture-Table', Key: keyOf(page) }));
  await before.secrets.send(
    new DeleteSecretCommand({ SecretId: `fixture/north/meta-token-${page}`, ForceDeleteWithoutRecovery: true }),
  );
  const portal = portalOf(before, 'north');
  const Key = keyOf(portal, 'hubspot');
  await before.dynamodb.send(new DeleteItemCommand({ TableName: 'Fixture-Table', Key }));
  await before.stop();

  const removed = await startFixture({ edit, dataDir });
  expect([pageOf(removed, 'north'), await rowOf(removed, page)]).toEqual([page, undefined]);
  await expect(tokenOf(removed, 'north')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await tokenOf(removed, 'south')).toBe(token);
  expect([portalOf(removed, 'north'), await rowOf(removed, portal, 'hubspot')]).toEqual([portal, undefined]);
  await removed.stop();

  const file = join(dataDir, 'seeds.json');
  const seeds = JSON.parse(readFileSync(file, 'utf8')) as { tenants: Record<string, object> };
  const unknown = { metaToken: undefined, pagesGiven: undefined, hubspotToken: undefined, portalsGiven: undefined };
  for (const seed of Object.values(seeds.tenants)) Object.assign(seed, unknown);
  writeFileSync(file, JSON.stringify(seeds));
  await using again = await startFixture({ edit, dataDir });
  expect([pageOf(again, 'north'), await rowOf(again, page)]).toMatchObject([page, { tenant: { S: 'north' } }]);
  expect(await tokenOf(again, 'north')).toMatch(/^EAA/);
  expect(await rowOf(again, portal, 'hubspot')).toMatchObject({ tenant: { S: 'north' } });
});

it('starts without a table, and says so where the table is of another kind', async () => {
  await using without = await startFixture({
    edit: (template) => {
      edit(template);
      delete template.Resources['Table'];
      const { Statement } = propertiesOf(template, 'Policy')['PolicyDocument'];
      Statement.splice(
        Statement.findIndex(({ Action }: { Action: string[] }) => Action.includes('dynamodb:PutItem')),
        1,
      );
    },
  });
  await expect(tokenOf(without, 'north')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await using other = await startFixture({
    edit: (template) => {
      edit(template);
      Object.assign(propertiesOf(template, 'Table'), {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: undefined,
      });
    },
  });
  expect(other.logs()).toMatch(/^The table Fixture-Table does not take the Meta page of \w+: .+\.$/m);
});
