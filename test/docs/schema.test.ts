import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import * as z from 'zod';
import { EnrichedLead } from '../../lambdas/core/lead.ts';

it('describes the enriched lead in docs/ as the functions make it (npm run schema writes it anew)', () => {
  const written: unknown = JSON.parse(readFileSync('docs/enriched-lead.schema.json', 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(EnrichedLead))));
});
