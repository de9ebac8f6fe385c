import { manual } from '../core/manual.ts';
import type { Source, SourceWords } from '../core/source.ts';
import { close } from './close/index.ts';
import { hubspot } from './hubspot/index.ts';
import { meta } from './meta/index.ts';

/** Every CRM there is. A new one is one folder and one line here. */
export const sources = { close, meta, hubspot } satisfies Record<string, Source>;

/** The CRM with this id; `undefined` where this release knows none. */
export const sourceOf = (id: string): Source | undefined =>
  Object.values<Source>(sources).find((source) => source.id === id);

/** What people read of where a lead came from, also of one that a person added. */
export const wordsFrom = (id: string): SourceWords | undefined => (id === manual.id ? manual : sourceOf(id));
