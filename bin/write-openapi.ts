import { writeFileSync } from 'node:fs';
import { api, type ApiPorts } from '../lambdas/api/api.ts';
import { described } from '../lambdas/api/described.ts';

/** Writes what the dashboard's API takes and answers, from the routes themselves; a test holds the file to them. */
const routes = api({} as ApiPorts);
writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(described(routes), null, 2)}\n`);
