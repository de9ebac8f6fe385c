import type { Hydration } from '../core/hydration.ts';
import { read } from './meta/graph.ts';
import { factsOf } from './meta/record.ts';

/** How leads are read at vendors that send ids only. A list of its own beside the registry: `ingest` carries none of it. */
export const hydrations = { meta: { read, factsOf } } satisfies Record<string, Hydration>;
