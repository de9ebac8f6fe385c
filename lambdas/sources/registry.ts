import type { Source } from '../core/source.ts';
import { close } from './close/index.ts';

/** Every CRM there is. A new one is one folder and one line here. */
export const sources = { close } satisfies Record<string, Source>;
