import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { EnrichedLead } from '../lambdas/core/lead.ts';

/** Writes the public contract of `target/` as JSON Schema; a test holds the file to the schema that the functions use. */
const schema = JSON.stringify(z.toJSONSchema(EnrichedLead), null, 2);
writeFileSync(new URL('../docs/enriched-lead.schema.json', import.meta.url), `${schema}\n`);
