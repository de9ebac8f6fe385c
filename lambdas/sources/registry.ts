import type { Source } from '../core/source.ts';
import { close } from './close/index.ts';
import { hubspot } from './hubspot/index.ts';
import { meta } from './meta/index.ts';

/** Every CRM there is. A new one is one folder and one line here. */
export const sources = { close, meta, hubspot } satisfies Record<string, Source>;

/** The CRM with this id; `undefined` where this release knows none. */
export const sourceOf = (id: string): Source | undefined =>
  Object.values<Source>(sources).find((source) => source.id === id);
