import type { Hydration } from '../core/hydration.ts';
import { read as readContact } from './hubspot/api.ts';
import { factsOf } from './hubspot/contact.ts';
import { understand as understandContact } from './hubspot/record.ts';
import { read } from './meta/graph.ts';
import { understand } from './meta/record.ts';

/** How leads are read at vendors that send ids only. A list of its own beside the registry: `ingest` carries none of it. */
export const hydrations = {
  hubspot: { read: readContact, understand: understandContact, factsOf },
  meta: { read, understand },
} satisfies Record<string, Hydration>;
