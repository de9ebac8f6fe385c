import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { api, type ApiPorts } from '../../lambdas/api/api.ts';
import { described } from '../../lambdas/api/described.ts';

it('docs/openapi.json says what the routes take and answer: after a change, npm run openapi', () => {
  const written: unknown = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(described(api({} as ApiPorts)))));
});
