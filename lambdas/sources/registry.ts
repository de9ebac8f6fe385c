import type { Source } from '../core/source.ts';
import { close } from './close/index.ts';
import { meta } from './meta/index.ts';

/** Every CRM there is. A new one is one folder and one line here. */
export const sources = { close, meta } satisfies Record<string, Source>;
