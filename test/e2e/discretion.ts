import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { expect } from '@jest/globals';
import { MARKER } from './close-lead.ts';
import type { LocalRun } from './local-run.ts';

/** Holds a run to its discretion: no personal field and no secret stands in what it printed, in what its functions wrote or in its template. */
export async function expectDiscretion(run: LocalRun): Promise<void> {
  const cdkOut = process.env['CDK_OUT'] ?? '';
  const templates = readdirSync(cdkOut).filter((name) => name.endsWith('.json'));
  const texts = [run.logs(), run.functionLog(), ...templates.map((name) => readFileSync(join(cdkOut, name), 'utf8'))];
  const forbidden = [MARKER, ...(await secretsOf(run))];
  expect(forbidden.filter((text) => texts.some((where) => where.includes(text)))).toEqual([]);
}

async function secretsOf(run: LocalRun): Promise<string[]> {
  const { SecretList = [] } = await run.secrets.send(new ListSecretsCommand({}));
  const values = SecretList.map(async ({ Name }) => {
    try {
      return (await run.secrets.send(new GetSecretValueCommand({ SecretId: Name }))).SecretString;
    } catch {
      // Nobody filled it.
      return undefined;
    }
  });
  return (await Promise.all(values)).filter((value) => value !== undefined);
}
